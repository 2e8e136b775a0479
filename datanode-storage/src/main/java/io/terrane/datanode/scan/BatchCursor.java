package io.terrane.datanode.scan;

import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RowBatch;
import org.apache.arrow.vector.FieldVector;

/** Walks one batch in memory, which it retains until closed. */
public final class BatchCursor implements RowCursor {
  private final RowBatch batch;
  private final FieldVector[] vectors;
  private int row = -1;
  private boolean closed;

  public BatchCursor(RowBatch batch, Projection projection) {
    this.batch = batch.retain();
    this.vectors = projection.layout(batch.rows());
  }

  @Override
  public boolean advance() {
    return ++row < batch.rowCount();
  }

  @Override
  public int run() {
    return batch.rowCount() - row;
  }

  @Override
  public boolean advance(int rows) {
    row += rows;
    return row < batch.rowCount();
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
