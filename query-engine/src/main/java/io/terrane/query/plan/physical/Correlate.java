package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.JoinKind;
import io.terrane.query.exec.NestedLoopJoinOperator;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.expr.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * For each row of the left, the right anew with that row's values: what is left of correlated
 * sub-queries that could not be turned into joins.
 *
 * @param outerColumns left columns that the right refers to, in slots from {@code firstSlot}
 * @param kind INNER, LEFT, SEMI or ANTI
 */
public record Correlate(
    PlanNode left,
    PlanNode right,
    JoinKind kind,
    List<Integer> outerColumns,
    int firstSlot,
    List<String> names,
    List<DataType> types)
    implements PlanNode {
  @Override
  public List<PlanNode> inputs() {
    return List.of(left, right);
  }

  @Override
  public String describe() {
    return "Correlate " + kind + " by columns " + outerColumns;
  }

  @Override
  public BatchStream open(ExecutionContext context, Bindings bindings) {
    return new Running(context, bindings, left.open(context, bindings));
  }

  private final class Running implements BatchStream {
    private final ExecutionContext context;
    private final Bindings bindings;
    private final BatchStream rows;
    private final Schema schema;

    Running(ExecutionContext context, Bindings bindings, BatchStream rows) {
      this.context = context;
      this.bindings = bindings;
      this.rows = rows;
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        fields.add(types.get(i).arrowField(names.get(i), true));
      }
      this.schema = new Schema(fields);
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public boolean advance(BatchSink sink) {
      return rows.advance(batch -> join(batch, sink));
    }

    private void join(VectorSchemaRoot batch, BatchSink sink) {
      Batch columns = new Batch(left.types()).load(batch);
      for (int row = 0; row < batch.getRowCount(); row++) {
        context.checkCancelled();
        List<Datum> values = new ArrayList<>();
        for (int i = 0; i < left.types().size(); i++) {
          values.add(columns.column(i).datumAt(row));
        }
        List<Datum> outer = outerColumns.stream().map(values::get).toList();
        ValuesOperator one =
            new ValuesOperator(
                context, names.subList(0, values.size()), left.types(), List.of(values));
        try (BatchStream joined =
            Nodes.over(
                one,
                leftStream ->
                    Nodes.over(
                        right.open(context, bindings.with(firstSlot, outer)),
                        rightStream ->
                            new NestedLoopJoinOperator(
                                context,
                                leftStream,
                                rightStream,
                                kind,
                                Optional.empty(),
                                names)))) {
          while (joined.advance(sink)) {
            context.checkCancelled();
          }
        }
      }
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
