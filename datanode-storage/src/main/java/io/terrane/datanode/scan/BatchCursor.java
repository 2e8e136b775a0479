package io.terrane.datanode.scan;

import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RowBatch;
import org.apache.arrow.vector.FieldVector;

/** Walks one batch in memory, or the rows of it that are wanted; retains it until closed. */
public final class BatchCursor implements RowCursor {
  private final RowBatch batch;
  private final FieldVector[] vectors;
  private final RowRanges ranges;
  private int range = -1;
  private int row;
  private boolean closed;

  /** All rows. */
  public BatchCursor(RowBatch batch, Projection projection) {
    this.batch = batch.retain();
    this.vectors = projection.layout(batch.rows());
    this.ranges = RowRanges.all(batch.rowCount());
  }

  /** The rows that a search finds. */
  public BatchCursor(RowBatch batch, Projection projection, KeySearch search) {
    this.batch = batch.retain();
    this.vectors = projection.layout(batch.rows());
    this.ranges = search.find(vectors, batch.rowCount());
  }

  @Override
  public boolean advance() {
    return range < 0 ? nextRange() : advance(1);
  }

  private boolean nextRange() {
    if (++range >= ranges.count()) {
      return false;
    }
    row = ranges.first(range);
    return true;
  }

  @Override
  public int run() {
    return ranges.end(range) - row;
  }

  @Override
  public boolean advance(int rows) {
    row += rows;
    return row < ranges.end(range) || nextRange();
  }

  @Override
  public FieldVector[] vectors() {
    return vectors;
  }

  @Override
  public int row() {
    return row;
  }

  @Override
  public void releasePassed() {}

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      batch.release();
    }
  }
}
