package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;

/**
 * A sub-query that could not be turned into a join: planned and run anew for each outer row, whose
 * values stand in it as constants.
 */
final class CorrelateNode implements PhysicalNode {
  private final PhysicalPlanner planner;
  private final Correlate correlate;
  private final PhysicalNode left;

  CorrelateNode(PhysicalPlanner planner, Correlate correlate, PhysicalNode left) {
    this.planner = planner;
    this.correlate = correlate;
    this.left = left;
  }

  private boolean givesPairs() {
    return correlate.getJoinType().projectsRight();
  }

  @Override
  public List<String> names() {
    return correlate.getRowType().getFieldNames();
  }

  @Override
  public List<DataType> types() {
    List<DataType> types = new ArrayList<>(left.types());
    if (givesPairs()) {
      correlate
          .getRight()
          .getRowType()
          .getFieldList()
          .forEach(field -> types.add(TypeMapping.ofSql(field.getType())));
    }
    return types;
  }

  @Override
  public OperatorText describe() {
    return OperatorText.of(
        "Correlate", correlate.getJoinType() + ", for each row of the input a query");
  }

  @Override
  public List<PhysicalNode> inputs() {
    return List.of(left);
  }

  @Override
  public PhysicalNode over(List<PhysicalNode> inputs) {
    return new CorrelateNode(planner, correlate, inputs.get(0));
  }

  @Override
  public BatchStream open(ExecutionContext context) {
    return new Stream(context, left.open(context));
  }

  private final class Stream implements BatchStream {
    private final ExecutionContext context;
    private final BatchStream outer;
    private final Schema schema;

    Stream(ExecutionContext context, BatchStream outer) {
      this.context = context;
      this.outer = outer;
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < names().size(); i++) {
        fields.add(types().get(i).arrowField(names().get(i), true));
      }
      this.schema = new Schema(fields);
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public boolean advance(BatchSink sink) {
      List<List<Datum>> rows = new ArrayList<>();
      boolean more = outer.advance(batch -> rows.addAll(Rows.of(batch, left.types())));
      if (!more) {
        return false;
      }
      List<List<Datum>> results = new ArrayList<>();
      for (List<Datum> row : rows) {
        context.checkCancelled();
        addResults(row, inner(row), results);
      }
      try (ValuesOperator values = new ValuesOperator(context, names(), types(), results)) {
        while (values.advance(sink)) {
          context.checkCancelled();
        }
      }
      return true;
    }

    private List<List<Datum>> inner(List<Datum> row) {
      List<DataType> types = types().subList(left.types().size(), types().size());
      PhysicalNode plan =
          planner.with(correlate.getCorrelVariable(), row).plan(correlate.getRight());
      PhysicalNode right = givesPairs() ? planner.aligned(plan, types, plan.names()) : plan;
      List<List<Datum>> found = new ArrayList<>();
      try (BatchStream stream = right.open(context)) {
        while (stream.advance(batch -> found.addAll(Rows.of(batch, right.types())))) {
          context.checkCancelled();
        }
      }
      return found;
    }

    private void addResults(List<Datum> row, List<List<Datum>> found, List<List<Datum>> results) {
      JoinRelType type = correlate.getJoinType();
      switch (type) {
        case SEMI -> {
          if (!found.isEmpty()) {
            results.add(row);
          }
        }
        case ANTI -> {
          if (found.isEmpty()) {
            results.add(row);
          }
        }
        case INNER, LEFT -> {
          if (found.isEmpty() && type == JoinRelType.LEFT) {
            List<Datum> padded = new ArrayList<>(row);
            types()
                .subList(row.size(), types().size())
                .forEach(missing -> padded.add(Datum.ofNull(missing)));
            results.add(padded);
          }
          for (List<Datum> match : found) {
            List<Datum> pair = new ArrayList<>(row);
            pair.addAll(match);
            results.add(pair);
          }
        }
        default ->
            throw new TerraneException(
                ErrorCode.UNSUPPORTED, "a correlated query of kind " + type + " is not supported");
      }
    }

    @Override
    public void close() {
      outer.close();
    }
  }
}
