package io.terrane.query.expr;

import io.terrane.api.table.DataType;

/** Two inputs, NULL where either is; the kernel computes all rows, NULL or not. */
public final class BinaryExpr implements VectorExpr {
  /** Fills {@code out}, whose NULLs are set already; not for the BYTES form. */
  @FunctionalInterface
  public interface Kernel {
    void compute(Column left, Column right, Column out, int rows);
  }

  private final VectorExpr left;
  private final VectorExpr right;
  private final Kernel kernel;
  private final Column out;

  public BinaryExpr(DataType type, VectorExpr left, VectorExpr right, Kernel kernel) {
    this.left = left;
    this.right = right;
    this.kernel = kernel;
    this.out = new Column(type);
  }

  @Override
  public DataType type() {
    return out.type();
  }

  @Override
  public Column evaluate(Batch batch) {
    Column a = left.evaluate(batch);
    Column b = right.evaluate(batch);
    out.reset(batch.rows());
    out.addNullsOf(a);
    out.addNullsOf(b);
    kernel.compute(a, b, out, batch.rows());
    return out;
  }
}
