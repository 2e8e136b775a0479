package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The first branch whose condition is true. A condition or value is evaluated only for the rows
 * that get there, so that an error in a branch not taken is none.
 */
public final class CaseExpr implements VectorExpr {
  private final List<VectorExpr> conditions;
  private final List<VectorExpr> values;
  private final Column out;

  /**
   * @param conditions BOOLEAN, one fewer than {@code values}, the last of which is the ELSE
   * @param values of type {@code type}
   */
  public CaseExpr(DataType type, List<VectorExpr> conditions, List<VectorExpr> values) {
    this.conditions = List.copyOf(conditions);
    this.values = List.copyOf(values);
    this.out = new Column(type);
  }

  @Override
  public DataType type() {
    return out.type();
  }

  @Override
  public Column evaluate(Batch batch) {
    int rows = batch.rows();
    int[] branchOf = new int[rows];
    int[] indexOf = new int[rows];
    int[] open = new int[rows];
    for (int i = 0; i < rows; i++) {
      open[i] = i;
    }
    int openCount = rows;
    List<Column> results = new ArrayList<>();
    for (int branch = 0; branch < values.size(); branch++) {
      int[] taken = open;
      int takenCount = openCount;
      if (branch < conditions.size() && openCount > 0) {
        Column truth = conditions.get(branch).evaluate(part(batch, open, openCount));
        taken = new int[openCount];
        takenCount = 0;
        int[] rest = new int[openCount];
        int restCount = 0;
        for (int i = 0; i < openCount; i++) {
          if (!truth.isNull(i) && truth.longAt(i) != 0) {
            taken[takenCount++] = open[i];
          } else {
            rest[restCount++] = open[i];
          }
        }
        open = rest;
        openCount = restCount;
      }
      for (int i = 0; i < takenCount; i++) {
        branchOf[taken[i]] = branch;
        indexOf[taken[i]] = i;
      }
      results.add(
          takenCount == 0 ? null : values.get(branch).evaluate(part(batch, taken, takenCount)));
    }
    out.reset(rows);
    for (int i = 0; i < rows; i++) {
      out.setFrom(i, results.get(branchOf[i]), indexOf[i]);
    }
    return out;
  }

  private static Batch part(Batch batch, int[] rows, int count) {
    return count == batch.rows() ? batch : batch.select(rows, count);
  }
}
