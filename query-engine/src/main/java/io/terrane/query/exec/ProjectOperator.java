package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.ColumnExpr;
import io.terrane.query.expr.ExprCompiler;
import io.terrane.query.expr.VectorExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** One output column per expression. A bare column is lent on as it is, the first time. */
public final class ProjectOperator extends Operator {
  private final BatchStream input;
  private final List<VectorExpr> expressions = new ArrayList<>();
  private final Batch batch;
  private final List<FieldVector> own = new ArrayList<>();

  public ProjectOperator(
      ExecutionContext context,
      BatchStream input,
      List<ScalarExpr> expressions,
      List<String> names) {
    super(context, Vectors.schema(names, expressions.stream().map(ScalarExpr::type).toList()));
    this.input = input;
    List<DataType> types = Batch.typesOf(input.schema());
    this.batch = new Batch(types);
    ExprCompiler compiler = new ExprCompiler(context, types);
    Set<Integer> lent = new HashSet<>();
    for (int i = 0; i < expressions.size(); i++) {
      VectorExpr compiled = compiler.compile(expressions.get(i));
      this.expressions.add(compiled);
      boolean isLent = compiled instanceof ColumnExpr column && lent.add(column.index());
      own.add(isLent ? null : schema().getFields().get(i).createVector(context.allocator()));
    }
  }

  @Override
  boolean next(BatchSink sink) {
    return input.advance(rows -> sink.accept(project(rows)));
  }

  private VectorSchemaRoot project(VectorSchemaRoot rows) {
    batch.load(rows);
    List<FieldVector> columns = new ArrayList<>(own.size());
    for (int i = 0; i < own.size(); i++) {
      FieldVector target = own.get(i);
      if (target == null) {
        columns.add(rows.getVector(((ColumnExpr) expressions.get(i)).index()));
      } else {
        ArrowColumns.write(expressions.get(i).evaluate(batch), target);
        columns.add(target);
      }
    }
    return new VectorSchemaRoot(schema(), columns, rows.getRowCount());
  }

  @Override
  void release() {
    for (FieldVector vector : own) {
      if (vector != null) {
        vector.close();
      }
    }
    input.close();
  }
}
