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

  /** So many rows from the present one on are known to be within the bounds. */
  private int known;

  public WindowCursor(RowCursor rows, Projection projection, TimeBounds bounds) {
    RegionSchema schema = projection.schema();
    this.rows = rows;
    this.bounds = bounds;
    this.timePlace = schema.keys().size() - 1;
  }

  @Override
  public boolean advance() {
    known = Math.max(0, known - 1);
    boolean more = rows.advance();
    while (more && known == 0 && !isWithin(0)) {
      more = rows.advance();
    }
    return more;
  }

  @Override
  public boolean advance(int count) {
    if (count > 1) {
      rows.advance(count - 1);
      known -= count - 1;
    }
    return advance();
  }

  @Override
  public int run() {
    int most = rows.run();
    if (known <= 1) {
      known = 1;
      while (known < most && isWithin(known)) {
        known++;
      }
    }
    return Math.min(known, most);
  }

  private boolean isWithin(int ahead) {
    return bounds.contains(ValueOrder.longAt(rows.vectors()[timePlace], rows.row() + ahead));
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
