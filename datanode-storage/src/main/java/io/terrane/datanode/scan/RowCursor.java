package io.terrane.datanode.scan;

import org.apache.arrow.vector.FieldVector;

/**
 * Walks rows that are in the region's order. Stands before the first row at the beginning. May
 * block on storage. Not thread-safe.
 */
public interface RowCursor extends AutoCloseable {
  /** Steps to the next row; false when there is none. */
  boolean advance();

  /** The present row's batch in the projection's layout. */
  FieldVector[] vectors();

  int row();

  /**
   * How many rows of the present batch, from the present row on, are sure to be in ascending order
   * of their keys with no two of them equal, or to be all wanted; 1 if nobody knows.
   */
  default int run() {
    return 1;
  }

  /** Steps over {@code rows} rows, no more than {@link #run}; false when there is none behind. */
  default boolean advance(int rows) {
    if (rows != 1) {
      throw new IllegalArgumentException("a step over " + rows + " rows of one");
    }
    return advance();
  }

  /** Frees batches that lie wholly behind the present row. */
  void releasePassed();

  @Override
  void close();
}
