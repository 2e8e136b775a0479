/** The metasrv's three ports over Flight: its own half and the half of everyone else. */
package io.terrane.rpc.meta;
