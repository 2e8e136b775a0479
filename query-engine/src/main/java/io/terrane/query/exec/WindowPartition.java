package io.terrane.query.exec;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.WindowFrame.Bound;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Column;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows of one partition in order: positions 0 to {@code size() - 1}, peers and frames. */
final class WindowPartition {
  private final ExecutionContext context;
  private final RowBuffer rows;
  private final int[] members;
  private final List<SortKey> orderBy;
  private final List<DataType> types;

  /** Per position, where its peers (rows equal in order) begin and end, and their number. */
  private final int[] peersFrom;

  private final int[] peersTo;
  private final int[] groupOf;
  private final int[] groupStarts;
  private int groups;
  private double[] rangeKeys;

  WindowPartition(
      ExecutionContext context,
      RowBuffer rows,
      int[] members,
      SortedKeys orderKeys,
      List<SortKey> orderBy,
      List<DataType> types) {
    this.context = context;
    this.rows = rows;
    this.members = members;
    this.orderBy = orderBy;
    this.types = types;
    int size = members.length;
    peersFrom = new int[size];
    peersTo = new int[size];
    groupOf = new int[size];
    groupStarts = new int[size + 1];
    for (int i = 0; i < size; ) {
      int end = i + 1;
      while (end < size && orderKeys.equal(members[i], members[end])) {
        end++;
      }
      groupStarts[groups] = i;
      for (int k = i; k < end; k++) {
        peersFrom[k] = i;
        peersTo[k] = end;
        groupOf[k] = groups;
      }
      groups++;
      i = end;
    }
    groupStarts[groups] = size;
  }

  int size() {
    return members.length;
  }

  int peersFrom(int position) {
    return peersFrom[position];
  }

  int peersTo(int position) {
    return peersTo[position];
  }

  /** Number of the position's peers among all peers, from 0. */
  int group(int position) {
    return groupOf[position];
  }

  /** An input column's values by position. */
  Column column(int index) {
    Schema schema = new Schema(List.of(rows.schema().getFields().get(index)));
    try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, context.allocator())) {
      FieldVector vector = root.getVector(0);
      rows.gather(index, members, members.length, vector);
      Column column = new Column(types.get(index));
      ArrowColumns.read(vector, members.length, column);
      return column;
    }
  }

  DataType type(int index) {
    return types.get(index);
  }

  /** First position of a frame. */
  int frameStart(WindowFrame frame, int position) {
    return bound(frame, frame.start(), position, true);
  }

  /** Position after a frame's last. */
  int frameEnd(WindowFrame frame, int position) {
    return bound(frame, frame.end(), position, false);
  }

  private int bound(WindowFrame frame, Bound bound, int position, boolean start) {
    return switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> 0;
      case UNBOUNDED_FOLLOWING -> size();
      case CURRENT_ROW ->
          frame.unit() == WindowFrame.Unit.ROWS
              ? start ? position : position + 1
              : start ? peersFrom[position] : peersTo[position];
      case PRECEDING -> offset(frame.unit(), position, -bound.offset(), start);
      case FOLLOWING -> offset(frame.unit(), position, bound.offset(), start);
    };
  }

  private int offset(WindowFrame.Unit unit, int position, double offset, boolean start) {
    return switch (unit) {
      case ROWS -> clamp(position + offset + (start ? 0 : 1), size());
      case GROUPS -> groupStarts[clamp(groupOf[position] + offset + (start ? 0 : 1), groups)];
      case RANGE -> range(position, offset, start);
    };
  }

  private static int clamp(double position, int max) {
    return (int) Math.max(0, Math.min(position, max));
  }

  /** NULL keys have only their peers in a range; others never reach NULL ones. */
  private int range(int position, double offset, boolean start) {
    double[] keys = rangeKeys();
    if (Double.isNaN(keys[position])) {
      return start ? peersFrom[position] : peersTo[position];
    }
    double limit = keys[position] + offset;
    int low = 0;
    int high = size();
    while (low < high && Double.isNaN(keys[low])) {
      low++;
    }
    while (high > low && Double.isNaN(keys[high - 1])) {
      high--;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean before = start ? keys[middle] < limit : keys[middle] <= limit;
      if (before) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The order key as a number that ascends with the position; NaN for NULL. */
  private double[] rangeKeys() {
    if (rangeKeys != null) {
      return rangeKeys;
    }
    if (orderBy.size() != 1) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "a RANGE frame with an offset needs one ORDER BY expression, not " + orderBy.size());
    }
    SortKey key = orderBy.get(0);
    Column values = column(key.column());
    int sign = key.descending() ? -1 : 1;
    rangeKeys = new double[size()];
    for (int i = 0; i < size(); i++) {
      rangeKeys[i] = values.isNull(i) ? Double.NaN : sign * number(values, i);
    }
    return rangeKeys;
  }

  private static double number(Column column, int row) {
    return switch (column.storage()) {
      case LONG -> column.longAt(row);
      case DOUBLE -> column.doubleAt(row);
      case DECIMAL -> column.decimalAt(row).doubleValue();
      case BYTES ->
          throw new TerraneException(
              ErrorCode.WRONG_ARGUMENT_TYPE, "a RANGE frame with an offset cannot order by a text");
    };
  }
}
