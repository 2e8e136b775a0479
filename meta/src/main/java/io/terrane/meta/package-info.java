/** The metasrv: catalogue, routes, procedures and membership of a cluster, over log and bucket. */
package io.terrane.meta;
