/**
 * Many files to few: {@link io.terrane.datanode.compaction.CompactionPlanner} says which, {@link
 * io.terrane.datanode.compaction.CompactionRun} does it.
 */
package io.terrane.datanode.compaction;
