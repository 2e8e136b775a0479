package io.terrane.query.distribute;

import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.ProjectOperator;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.expr.ArrowColumns;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CommonType;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Evaluates what is constant for a statement with the very kernels that would run it, so that NOW()
 * or a text beside a timestamp becomes a value that means the same on every node. What fails stays
 * as it is and fails, if at all, when a row needs it.
 */
public final class ConstantFolder {
  private static final Set<String> COMPARISONS =
      Set.of("=", "<>", "<", "<=", ">", ">=", "<=>", "in");

  private static final List<List<Datum>> ONE_ROW = List.of(List.of(Datum.of(true)));

  private final ExecutionContext context;

  public ConstantFolder(ExecutionContext context) {
    this.context = context;
  }

  public ScalarExpr fold(ScalarExpr expr) {
    if (!(expr instanceof ScalarExpr.Call call)) {
      return expr;
    }
    List<ScalarExpr> arguments = new ArrayList<>();
    call.arguments().forEach(argument -> arguments.add(fold(argument)));
    if (COMPARISONS.contains(call.function())) {
      readTemporals(arguments);
    }
    ScalarExpr.Call folded = new ScalarExpr.Call(call.function(), arguments, call.type());
    boolean constant = arguments.stream().allMatch(ScalarExpr.Literal.class::isInstance);
    return constant && isStable(call.function()) ? evaluated(folded) : folded;
  }

  private boolean isStable(String name) {
    return context
        .functions()
        .findScalar(name)
        .map(ScalarFunction::volatility)
        .filter(volatility -> volatility != Volatility.VOLATILE)
        .isPresent();
  }

  /** Texts that a date or time is compared with, read in the session's time zone. */
  private void readTemporals(List<ScalarExpr> arguments) {
    DataType first = arguments.get(0).type();
    DataType common = first;
    for (ScalarExpr argument : arguments) {
      common = CommonType.toCompare(common, argument.type());
    }
    if (!CommonType.isTemporal(common)) {
      return;
    }
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof ScalarExpr.Literal literal
          && literal.type().kind() == DataType.Kind.STRING) {
        arguments.set(i, evaluated(new ScalarExpr.Call("cast", List.of(literal), common)));
      }
    }
    rescaleToColumns(arguments);
  }

  /**
   * Timestamps that a column can hold exactly become values of its type, so that no row has to be
   * converted and ranges of the column can be compared with them.
   */
  private static void rescaleToColumns(List<ScalarExpr> arguments) {
    DataType type = null;
    for (ScalarExpr argument : arguments) {
      if (argument instanceof ScalarExpr.Literal) {
        continue;
      }
      boolean known = type == null || type.equals(argument.type());
      if (argument.type().kind() != DataType.Kind.TIMESTAMP || !known) {
        return;
      }
      type = argument.type();
    }
    List<ScalarExpr> rescaled = new ArrayList<>();
    for (ScalarExpr argument : arguments) {
      Optional<ScalarExpr> exact =
          type != null && argument instanceof ScalarExpr.Literal literal
              ? exactly(literal.value(), type)
              : Optional.of(argument);
      if (exact.isEmpty()) {
        return;
      }
      rescaled.add(exact.get());
    }
    for (int i = 0; i < rescaled.size(); i++) {
      arguments.set(i, rescaled.get(i));
    }
  }

  private static Optional<ScalarExpr> exactly(Datum value, DataType type) {
    if (value.type().kind() != DataType.Kind.TIMESTAMP) {
      return Optional.empty();
    }
    if (value.isNull()) {
      return Optional.of(new ScalarExpr.Literal(Datum.ofNull(type)));
    }
    long units = (Long) value.value();
    long finer = value.type().unitsPerSecond() / type.unitsPerSecond();
    long coarser = type.unitsPerSecond() / value.type().unitsPerSecond();
    boolean fits =
        finer > 1
            ? units % finer == 0
            : Math.abs(units) <= Long.MAX_VALUE / coarser && units != Long.MIN_VALUE;
    return fits
        ? Optional.of(
            new ScalarExpr.Literal(new Datum(type, finer > 1 ? units / finer : units * coarser)))
        : Optional.empty();
  }

  private ScalarExpr evaluated(ScalarExpr.Call call) {
    try (ProjectOperator once =
        new ProjectOperator(
            context,
            new ValuesOperator(context, List.of("row"), List.of(DataType.BOOLEAN), ONE_ROW),
            List.of(call),
            List.of("value"))) {
      List<Datum> value = new ArrayList<>();
      Column column = new Column(call.type());
      once.advance(
          batch -> {
            ArrowColumns.read(batch.getVector(0), 1, column);
            value.add(column.datumAt(0));
          });
      return value.size() == 1 ? new ScalarExpr.Literal(value.get(0)) : call;
    } catch (TerraneException fails) {
      return call;
    }
  }
}
