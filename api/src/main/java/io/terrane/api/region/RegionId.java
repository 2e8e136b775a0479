package io.terrane.api.region;

import io.terrane.api.table.TableId;

/**
 * A region: table id in the upper 32 bits, number within the table in the lower. This is the only
 * place that knows the packing; clients see {@link #value()} in decimal, people read {@code
 * 1024.3}.
 */
public record RegionId(long value) implements Comparable<RegionId> {
  public static RegionId of(TableId table, int number) {
    return new RegionId(((long) table.value() << 32) | (number & 0xFFFF_FFFFL));
  }

  public TableId table() {
    return new TableId((int) (value >>> 32));
  }

  /** Position of the region's bound in the table's partition rule. */
  public int number() {
    return (int) value;
  }

  @Override
  public int compareTo(RegionId other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return table() + "." + number();
  }
}
