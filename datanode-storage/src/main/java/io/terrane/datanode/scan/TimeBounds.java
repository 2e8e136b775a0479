package io.terrane.datanode.scan;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.sst.BatchRanges;
import io.terrane.datanode.sst.ColumnRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Bounds of a time index, in its unit.
 *
 * @param column name of the time index
 * @param first included
 * @param last included
 */
public record TimeBounds(String column, long first, long last) {
  /**
   * @param fromSecond since 1970, included
   * @param toSecond excluded
   */
  public static TimeBounds ofSeconds(RegionSchema schema, long fromSecond, long toSecond) {
    List<ColumnSchema> keys = schema.keys();
    ColumnSchema time = keys.get(keys.size() - 1);
    long to = units(toSecond, time.type());
    return new TimeBounds(
        time.name(),
        units(fromSecond, time.type()),
        to == Long.MAX_VALUE ? Long.MAX_VALUE : to - 1);
  }

  private static long units(long second, DataType type) {
    long units = type.unitsPerSecond();
    if (second > Long.MAX_VALUE / units) {
      return Long.MAX_VALUE;
    }
    return second < Long.MIN_VALUE / units ? Long.MIN_VALUE : second * units;
  }

  /** What a table keeps at {@code now}; empty if it keeps everything. */
  public static Optional<TimeBounds> unexpired(RegionSchema schema, Instant now) {
    return schema
        .table()
        .timeToLive()
        .filter(ttl -> schema.table().schema().timeIndex().isPresent())
        .map(ttl -> ofSeconds(schema, now.minus(ttl).getEpochSecond(), Long.MAX_VALUE));
  }

  public boolean contains(long time) {
    return time >= first && time <= last;
  }

  /** Whether a batch may have rows within; true for a batch that says nothing. */
  public boolean mayContain(BatchRanges batch) {
    Optional<ColumnRange> range = batch.find(column);
    Optional<Datum> min = range.flatMap(ColumnRange::min);
    Optional<Datum> max = range.flatMap(ColumnRange::max);
    return min.isEmpty()
        || max.isEmpty()
        || ((Long) min.get().value() <= last && (Long) max.get().value() >= first);
  }
}
