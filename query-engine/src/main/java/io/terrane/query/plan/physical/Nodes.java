package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.AggregatePhase;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.FilterOperator;
import io.terrane.query.exec.HashAggregateOperator;
import io.terrane.query.exec.HashJoinOperator;
import io.terrane.query.exec.JoinKind;
import io.terrane.query.exec.LimitOperator;
import io.terrane.query.exec.NestedLoopJoinOperator;
import io.terrane.query.exec.ProjectOperator;
import io.terrane.query.exec.SetKind;
import io.terrane.query.exec.SetMode;
import io.terrane.query.exec.SetOperator;
import io.terrane.query.exec.SortOperator;
import io.terrane.query.exec.UnionAllOperator;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.exec.WindowCall;
import io.terrane.query.exec.WindowOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The nodes that are one operator each. */
public final class Nodes {
  private Nodes() {}

  /** Rows for which the predicate is true. */
  public record Filter(PlanNode input, ScalarExpr predicate) implements Unary {
    @Override
    public List<DataType> types() {
      return input.types();
    }

    @Override
    public BatchStream open(ExecutionContext context, Bindings bindings) {
      return over(
          input.open(context, bindings),
          stream -> new FilterOperator(context, stream, bindings.bind(predicate)));
    }

    @Override
    public String describe() {
      return "Filter " + ExprText.of(predicate);
    }
  }

  /** One column per expression. */
  public record Project(PlanNode input, List<ScalarExpr> expressions, List<String> names)
      implements Unary {
    @Override
    public List<DataType> types() {
      return expressions.stream().map(ScalarExpr::type).toList();
    }

    @Override
    public BatchStream open(ExecutionContext context, Bindings bindings) {
      return over(
          input.open(context, bindings),
          stream -> new ProjectOperator(context, stream, bindings.bindAll(expressions), names));
    }

    @Override
    public String describe() {
      return "Project " + ExprText.of(expressions);
    }
  }

  /** Groups and aggregates. */
  public record Aggregate(
      PlanNode input,
      List<Integer> groupBy,
      List<AggregateCall> calls,
      List<String> names,
      List<DataType> types,
      AggregatePhase phase)
      implements Unary {
    @Override
    public BatchStream open(ExecutionContext context, Bindings bindings) {
      return over(
          input.open(context, bindings),
          stream -> new HashAggregateOperator(context, stream, groupBy, calls, names, phase));
    }

    @Override
    public String describe() {
      return (phase == AggregatePhase.FINAL ? "FinalAggregate" : "Aggregate")
          + " group by "
          + groupBy
          + " "
          + calls.stream().map(call -> call.function() + call.arguments()).toList();
    }
  }

  /** Sorts, skips, limits; {@code fetch} -1 for all. */
  public record Sort(PlanNode input, List<SortKey> keys, long offset, long fetch) implements Unary {
    @Override
    public List<DataType> types() {
      return input.types();
    }

    @Override
    public BatchStream open(ExecutionContext context, Bindings bindings) {
      return over(
          input.open(context, bindings),
          stream ->
              keys.isEmpty()
                  ? new LimitOperator(context, stream, offset, fetch)
                  : new SortOperator(context, stream, keys, offset, fetch));
    }

    @Override
    public String describe() {
      return (keys.isEmpty() ? "Limit" : "Sort " + keys.stream().map(Nodes::key).toList())
          + (offset > 0 ? " offset " + offset : "")
          + (fetch >= 0 ? " fetch " + fetch : "");
    }
  }

  /** Joins by equal keys, or by any condition where there are none. */
  public record Join(
      PlanNode left,
      PlanNode right,
      JoinKind kind,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      Optional<ScalarExpr> condition,
      List<String> names,
      List<DataType> types)
      implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of(left, right);
    }

    @Override
    public BatchStream open(ExecutionContext context, Bindings bindings) {
      return over(
          left.open(context, bindings),
          leftStream ->
              over(
                  right.open(context, bindings),
                  rightStream -> join(context, bindings, leftStream, rightStream)));
    }

    private BatchStream join(
        ExecutionContext context, Bindings bindings, BatchStream left, BatchStream right) {
      Optional<ScalarExpr> bound = condition.map(bindings::bind);
      return leftKeys.isEmpty()
          ? new NestedLoopJoinOperator(context, left, right, kind, bound, names)
          : new HashJoinOperator(context, left, right, kind, leftKeys, rightKeys, bound, names);
    }

    @Override
    public String describe() {
      return (leftKeys.isEmpty() ? "NestedLoopJoin " : "HashJoin ")
          + kind
          + (leftKeys.isEmpty() ? "" : " " + leftKeys + " = " + rightKeys)
          + condition.map(c -> " on " + ExprText.of(c)).orElse("");
    }
  }

  /** Rows of constants. */
  public record Values(List<String> names, List<DataType> types, List<List<Datum>> rows)
      implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
      return List.of();
    }

    @Override
    public BatchStream open(ExecutionContext context, Bindings bindings) {
      return new ValuesOperator(context, names, types, rows);
    }

    @Override
    public String describe() {
      return "Values " + rows.size() + " rows";
    }
  }

  /** All rows of all inputs. */
  public record Union(List<PlanNode> inputs, List<String> names, List<DataType> types)
      implements PlanNode {
    @Override
    public BatchStream open(ExecutionContext context, Bindings bindings) {
      List<BatchStream> streams = new ArrayList<>();
      try {
        inputs.forEach(input -> streams.add(input.open(context, bindings)));
        return new UnionAllOperator(context, streams, names);
      } catch (RuntimeException failure) {
        streams.forEach(BatchStream::close);
        throw failure;
      }
    }

    @Override
    public String describe() {
      return "UnionAll";
    }
  }

  /** INTERSECT and EXCEPT. */
  public record SetOperation(PlanNode left, PlanNode right, SetKind kind, SetMode mode)
      implements PlanNode {
    @Override
    public List<DataType> types() {
      return left.types();
    }

    @Override
    public List<PlanNode> inputs() {
      return List.of(left, right);
    }

    @Override
    public BatchStream open(ExecutionContext context, Bindings bindings) {
      return over(
          left.open(context, bindings),
          leftStream ->
              over(
                  right.open(context, bindings),
                  rightStream -> new SetOperator(context, kind, mode, leftStream, rightStream)));
    }

    @Override
    public String describe() {
      return kind + " " + mode;
    }
  }

  /** Adds a column per window call. */
  public record Window(
      PlanNode input,
      List<Integer> partitionBy,
      List<SortKey> orderBy,
      List<WindowCall> calls,
      List<String> names)
      implements Unary {
    @Override
    public List<DataType> types() {
      List<DataType> types = new ArrayList<>(input.types());
      calls.forEach(call -> types.add(call.type()));
      return types;
    }

    @Override
    public BatchStream open(ExecutionContext context, Bindings bindings) {
      return over(
          input.open(context, bindings),
          stream -> new WindowOperator(context, stream, partitionBy, orderBy, calls, names));
    }

    @Override
    public String describe() {
      return "Window partition by "
          + partitionBy
          + " order by "
          + orderBy.stream().map(Nodes::key).toList()
          + " "
          + calls.stream().map(call -> call.function() + call.args()).toList();
    }
  }

  /** A node of one input. */
  interface Unary extends PlanNode {
    PlanNode input();

    @Override
    default List<PlanNode> inputs() {
      return List.of(input());
    }
  }

  /** Makes an operator over a stream, which is closed if that fails. */
  static BatchStream over(BatchStream input, Function<BatchStream, BatchStream> operator) {
    try {
      return operator.apply(input);
    } catch (RuntimeException failure) {
      input.close();
      throw failure;
    }
  }

  private static String key(SortKey key) {
    return key.column() + (key.descending() ? " desc" : "");
  }
}
