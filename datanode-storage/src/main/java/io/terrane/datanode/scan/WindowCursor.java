package io.terrane.datanode.scan;

import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.ValueOrder;
import org.apache.arrow.vector.FieldVector;

/** The rows of another cursor whose time index lies within bounds. */
public final class WindowCursor implements RowCursor {
  private final RowCursor rows;
  private final TimeBounds bounds;
  private final int timePlace;

  public WindowCursor(RowCursor rows, Projection projection, TimeBounds bounds) {
    RegionSchema schema = projection.schema();
    this.rows = rows;
    this.bounds = bounds;
    this.timePlace = schema.keys().size() - 1;
  }

  @Override
  public boolean advance() {
    while (rows.advance()) {
      if (bounds.contains(ValueOrder.longAt(rows.vectors()[timePlace], rows.row()))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public FieldVector[] vectors() {
    return rows.vectors();
  }

  @Override
  public int row() {
    return rows.row();
  }

  @Override
  public void releasePassed() {
    rows.releasePassed();
  }

  @Override
  public void close() {
    rows.close();
  }
}
