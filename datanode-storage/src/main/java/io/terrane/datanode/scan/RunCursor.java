package io.terrane.datanode.scan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;

/** Cursors one behind the other, each opened when the one before is at its end. */
public final class RunCursor implements RowCursor {
  private final Deque<Supplier<RowCursor>> coming;
  private final List<RowCursor> passed = new ArrayList<>();
  private RowCursor present;

  /**
   * @param cursors in the order of their keys
   */
  public RunCursor(List<Supplier<RowCursor>> cursors) {
    this.coming = new ArrayDeque<>(cursors);
  }

  @Override
  public boolean advance() {
    while (present == null || !present.advance()) {
      if (coming.isEmpty()) {
        return false;
      }
      if (present != null) {
        passed.add(present);
      }
      present = coming.remove().get();
    }
    return true;
  }

  @Override
  public boolean advance(int rows) {
    return present.advance(rows) || advance();
  }

  @Override
  public int run() {
    return present.run();
  }

  @Override
  public FieldVector[] vectors() {
    return present.vectors();
  }

  @Override
  public int row() {
    return present.row();
  }

  @Override
  public void releasePassed() {
    passed.forEach(RowCursor::close);
    passed.clear();
    if (present != null) {
      present.releasePassed();
    }
  }

  @Override
  public void close() {
    releasePassed();
    coming.clear();
    if (present != null) {
      present.close();
    }
  }
}
