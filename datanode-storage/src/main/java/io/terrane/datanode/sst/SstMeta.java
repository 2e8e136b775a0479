package io.terrane.datanode.sst;

import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Objects;

/**
 * What the manifest knows of a file. Sizes and offsets are bytes.
 *
 * @param rows versions in the file, tombstones included
 * @param tombstones of these
 * @param footerOffset where the Arrow footer begins
 * @param footerCrc CRC-32C from there to the end of the file
 * @param firstKey key of the first row
 * @param lastKey key of the last row
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
    List<Datum> lastKey) {
  public SstMeta {
    Objects.requireNonNull(id, "id");
    firstKey = List.copyOf(firstKey);
    lastKey = List.copyOf(lastKey);
  }
}
