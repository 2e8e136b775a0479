/** Many files to one. */
package io.terrane.datanode.compaction;
