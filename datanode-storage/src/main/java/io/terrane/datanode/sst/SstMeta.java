package io.terrane.datanode.sst;

import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the manifest knows of a file. Sizes and offsets are bytes.
 *
 * @param rows versions in the file, tombstones included
 * @param tombstones of these
 * @param footerOffset where the Arrow footer begins
 * @param footerCrc CRC-32C from there to the end of the file
 * @param firstKey key of the first row
 * @param lastKey key of the last row
 * @param level 0: flushed; 1: merged
 * @param time of the rows where the table has a time index; empty also for files that were written
 *     before this was kept
 */
public record SstMeta(
    SstId id,
    long size,
    long rows,
    long tombstones,
    long firstSequence,
    long lastSequence,
    long footerOffset,
    int footerCrc,
    List<Datum> firstKey,
    List<Datum> lastKey,
    int level,
    Optional<TimeRange> time) {
  public SstMeta {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(time, "time");
    firstKey = List.copyOf(firstKey);
    lastKey = List.copyOf(lastKey);
  }
}
