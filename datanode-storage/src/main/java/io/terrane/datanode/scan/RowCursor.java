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

  /** Frees batches that lie wholly behind the present row. */
  void releasePassed();

  @Override
  void close();
}
