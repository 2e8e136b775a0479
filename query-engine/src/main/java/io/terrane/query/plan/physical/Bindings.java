package io.terrane.query.plan.physical;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.Datum;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of outer rows that a correlated part of a plan refers to. In expressions they are columns
 * of a negative index, {@code -1 - slot}.
 */
public record Bindings(List<Datum> values) {
  public static final Bindings NONE = new Bindings(List.of());

  public Bindings {
    values = java.util.Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** The index that stands for a slot. */
  public static int indexOf(int slot) {
    return -1 - slot;
  }

  /** These and the given values in slots from {@code firstSlot}. */
  Bindings with(int firstSlot, List<Datum> added) {
    List<Datum> all = new ArrayList<>(values);
    while (all.size() < firstSlot + added.size()) {
      all.add(Datum.NULL);
    }
    for (int i = 0; i < added.size(); i++) {
      all.set(firstSlot + i, added.get(i));
    }
    return new Bindings(all);
  }

  /** The expression with every outer value in its place. */
  ScalarExpr bind(ScalarExpr expression) {
    if (values.isEmpty()) {
      return expression;
    }
    if (expression instanceof ScalarExpr.ColumnRef column && column.index() < 0) {
      Datum value = values.get(-1 - column.index());
      return new ScalarExpr.Literal(value.isNull() ? Datum.ofNull(column.type()) : value);
    }
    if (expression instanceof ScalarExpr.Call call) {
      return new ScalarExpr.Call(
          call.function(), call.arguments().stream().map(this::bind).toList(), call.type());
    }
    return expression;
  }

  List<ScalarExpr> bindAll(List<ScalarExpr> expressions) {
    return expressions.stream().map(this::bind).toList();
  }
}
