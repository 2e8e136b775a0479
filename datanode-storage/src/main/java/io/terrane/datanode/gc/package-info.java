/** Deleting what nobody needs. */
package io.terrane.datanode.gc;
