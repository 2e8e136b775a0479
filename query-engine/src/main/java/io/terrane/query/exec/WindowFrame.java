package io.terrane.query.exec;

import java.util.Objects;

/**
 * The rows around the current one that a window function sees.
 *
 * @param unit ROWS counts rows, RANGE compares the single order key's value, GROUPS counts peers
 */
public record WindowFrame(Unit unit, Bound start, Bound end) {
  /** The whole partition. */
  public static final WindowFrame PARTITION =
      new WindowFrame(Unit.ROWS, Bound.unboundedPreceding(), Bound.unboundedFollowing());

  /** What MySQL takes when ORDER BY is given without a frame. */
  public static final WindowFrame UP_TO_PEERS =
      new WindowFrame(Unit.RANGE, Bound.unboundedPreceding(), Bound.currentRow());

  public WindowFrame {
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(end, "end");
  }

  /** What bounds count. */
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /** Where a bound is relative to the current row. */
  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }

  /**
   * One end of a frame.
   *
   * @param offset rows, peer groups, or units of the order key (TIMESTAMP: its unit; DATE: days)
   */
  public record Bound(BoundKind kind, double offset) {
    public Bound {
      Objects.requireNonNull(kind, "kind");
      if (offset < 0) {
        throw new IllegalArgumentException("frame offset " + offset + " is negative");
      }
    }

    public static Bound unboundedPreceding() {
      return new Bound(BoundKind.UNBOUNDED_PRECEDING, 0);
    }

    public static Bound preceding(double offset) {
      return new Bound(BoundKind.PRECEDING, offset);
    }

    public static Bound currentRow() {
      return new Bound(BoundKind.CURRENT_ROW, 0);
    }

    public static Bound following(double offset) {
      return new Bound(BoundKind.FOLLOWING, offset);
    }

    public static Bound unboundedFollowing() {
      return new Bound(BoundKind.UNBOUNDED_FOLLOWING, 0);
    }
  }
}
