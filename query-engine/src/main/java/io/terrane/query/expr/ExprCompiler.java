package io.terrane.query.expr;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.Volatility;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns expressions into kernels, once per operator. Calls whose arguments are all constant are
 * evaluated at once unless they are volatile; one that fails is left to fail when a row needs it.
 */
public final class ExprCompiler {
  private final ExecutionContext context;
  private final List<DataType> inputTypes;

  public ExprCompiler(ExecutionContext context, List<DataType> inputTypes) {
    this.context = context;
    this.inputTypes = List.copyOf(inputTypes);
  }

  /** FUNCTION_NOT_FOUND for an unknown name; the argument errors are the function's. */
  public VectorExpr compile(ScalarExpr expr) {
    if (expr instanceof ScalarExpr.ColumnRef ref) {
      return column(ref);
    }
    if (expr instanceof ScalarExpr.Literal literal) {
      return new ConstantExpr(literal.value());
    }
    return call((ScalarExpr.Call) expr);
  }

  private VectorExpr column(ScalarExpr.ColumnRef ref) {
    if (ref.index() < 0 || ref.index() >= inputTypes.size()) {
      throw new TerraneException(
          ErrorCode.INTERNAL,
          "expression reads column " + ref.index() + " of " + inputTypes.size() + " columns");
    }
    DataType actual = inputTypes.get(ref.index());
    return Casts.implicit(context, new ColumnExpr(ref.index(), actual), ref.type());
  }

  private VectorExpr call(ScalarExpr.Call call) {
    ScalarFunction function =
        context
            .functions()
            .findScalar(call.function())
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.FUNCTION_NOT_FOUND,
                        "FUNCTION " + call.function() + " does not exist"));
    List<VectorExpr> arguments = new ArrayList<>();
    boolean constant = function.volatility() != Volatility.VOLATILE;
    for (ScalarExpr argument : call.arguments()) {
      VectorExpr compiled = compile(argument);
      arguments.add(compiled);
      constant &= compiled.constant().isPresent();
    }
    VectorExpr compiled =
        Casts.implicit(context, function.compile(context, arguments, call.type()), call.type());
    return constant ? fold(compiled) : compiled;
  }

  private static VectorExpr fold(VectorExpr expr) {
    try {
      return new ConstantExpr(expr.evaluate(Batch.ofRows(1)).datumAt(0));
    } catch (TerraneException onlyIfARowNeedsIt) {
      return expr;
    }
  }
}
