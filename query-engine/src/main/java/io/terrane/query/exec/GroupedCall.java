package io.terrane.query.exec;

import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.ColumnExpr;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One call of an aggregation: its arguments, FILTER, DISTINCT and ORDER BY around its states. */
final class GroupedCall implements AutoCloseable {
  private final AggregateCall call;
  private final AggregatePhase phase;
  private final Accumulator accumulator;
  private final List<VectorExpr> arguments;
  private final List<DataType> outputTypes;
  private final DistinctRows distinct;
  private final OrderedRows ordered;

  /** Whether every row counts, at once. */
  private final boolean isPlain;

  private int[] counted = {};

  private GroupedCall(
      AggregateCall call,
      AggregatePhase phase,
      Accumulator accumulator,
      List<VectorExpr> arguments,
      List<DataType> outputTypes,
      DistinctRows distinct,
      OrderedRows ordered) {
    this.call = call;
    this.phase = phase;
    this.accumulator = accumulator;
    this.arguments = arguments;
    this.outputTypes = outputTypes;
    this.distinct = distinct;
    this.ordered = ordered;
    this.isPlain = call.filter().isEmpty() && distinct == null && ordered == null;
  }

  static GroupedCall open(
      ExecutionContext context,
      AggregateFunction function,
      AggregateCall call,
      List<DataType> inputTypes,
      AggregatePhase phase,
      int firstState) {
    if (phase == AggregatePhase.FINAL) {
      List<Integer> columns =
          IntStream.range(firstState, firstState + function.stateCount()).boxed().toList();
      List<DataType> states = columns.stream().map(inputTypes::get).toList();
      List<VectorExpr> read = new ArrayList<>();
      columns.forEach(column -> read.add(new ColumnExpr(column, inputTypes.get(column))));
      Accumulator merger = function.merger(context, states, call.type());
      return new GroupedCall(call, phase, merger, read, List.of(call.type()), null, null);
    }
    List<DataType> given = call.arguments().stream().map(inputTypes::get).toList();
    List<DataType> inputs = function.inputTypes(given);
    List<VectorExpr> read = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      VectorExpr column = new ColumnExpr(call.arguments().get(i), given.get(i));
      read.add(Casts.implicit(context, column, inputs.get(i)));
    }
    boolean isWhole = phase == AggregatePhase.SINGLE;
    List<DataType> outputs =
        isWhole ? List.of(call.type()) : function.stateTypes(inputs, call.type());
    List<SortKey> order = call.order();
    return new GroupedCall(
        call,
        phase,
        function.accumulator(context, inputs, call.type()),
        read,
        outputs,
        call.distinct() ? new DistinctRows(context, inputs) : null,
        order.isEmpty() ? null : new OrderedRows(context, inputs, inputTypes, order));
  }

  Accumulator accumulator() {
    return accumulator;
  }

  List<DataType> outputTypes() {
    return outputTypes;
  }

  /**
   * @param runs whose rows have the same group each
   */
  void take(Batch batch, int[] groupOfRow, Runs runs, int groups) {
    int rows = batch.rows();
    accumulator.grow(groups);
    Column[] columns = new Column[arguments.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = arguments.get(i).evaluate(batch);
    }
    if (phase == AggregatePhase.FINAL) {
      accumulator.merge(columns, groupOfRow, rows);
      return;
    }
    if (isPlain && runs.areLong()) {
      accumulator.addRuns(columns, runs.starts(), runs.count(), groupOfRow);
      return;
    }
    int[] counting =
        call.filter().isEmpty() && distinct == null ? groupOfRow : copy(groupOfRow, rows);
    if (call.filter().isPresent()) {
      Column filter = batch.column(call.filter().getAsInt());
      for (int i = 0; i < rows; i++) {
        if (filter.isNull(i) || filter.longAt(i) == 0) {
          counting[i] = -1;
        }
      }
    }
    if (distinct != null) {
      distinct.exclude(columns, counting, rows);
    }
    if (ordered != null) {
      ordered.add(columns, batch, counting, rows);
    } else {
      accumulator.add(columns, counting, rows);
    }
  }

  private int[] copy(int[] groupOfRow, int rows) {
    if (counted.length < rows) {
      counted = new int[rows];
    }
    System.arraycopy(groupOfRow, 0, counted, 0, rows);
    return counted;
  }

  /** All rows were taken. */
  void finish() {
    if (ordered != null) {
      ordered.feed(accumulator);
    }
  }

  /** The output columns for groups from {@code first}. */
  Column[] give(int first, int count) {
    Column[] columns = new Column[outputTypes.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Column(outputTypes.get(i)).reset(count);
    }
    for (int i = 0; i < count; i++) {
      if (phase == AggregatePhase.PARTIAL) {
        accumulator.state(first + i, columns, i);
      } else {
        accumulator.result(first + i, columns[0], i);
      }
    }
    return columns;
  }

  @Override
  public void close() {
    if (distinct != null) {
      distinct.close();
    }
    if (ordered != null) {
      ordered.close();
    }
  }
}
