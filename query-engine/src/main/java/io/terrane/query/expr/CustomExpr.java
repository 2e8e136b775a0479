package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import java.util.List;

/** Any number of inputs, all evaluated; the kernel handles NULL itself. */
public final class CustomExpr implements VectorExpr {
  /** Fills {@code out}, which was reset. */
  @FunctionalInterface
  public interface Kernel {
    void compute(Column[] inputs, Column out, int rows);
  }

  private final VectorExpr[] inputs;
  private final Column[] values;
  private final Kernel kernel;
  private final Column out;

  public CustomExpr(DataType type, List<VectorExpr> inputs, Kernel kernel) {
    this.inputs = inputs.toArray(VectorExpr[]::new);
    this.values = new Column[inputs.size()];
    this.kernel = kernel;
    this.out = new Column(type);
  }

  @Override
  public DataType type() {
    return out.type();
  }

  @Override
  public Column evaluate(Batch batch) {
    for (int i = 0; i < inputs.length; i++) {
      values[i] = inputs[i].evaluate(batch);
    }
    out.reset(batch.rows());
    kernel.compute(values, out, batch.rows());
    return out;
  }
}
