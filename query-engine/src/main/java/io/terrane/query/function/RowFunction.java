package io.terrane.query.function;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.VectorExpr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A function given by what it does with one row: arguments are converted to the parameters' types,
 * and unless it says otherwise the result is NULL where any argument is.
 */
public final class RowFunction implements ScalarFunction {
  /**
   * Computes one row: reads {@code arguments} at {@code row}, writes {@code out} at {@code row}.
   */
  @FunctionalInterface
  public interface Kernel {
    void apply(ExecutionContext context, Column[] arguments, int row, Column out);
  }

  private final Builder definition;
  private final Supplier<Kernel> kernels;

  private RowFunction(Builder definition, Supplier<Kernel> kernels) {
    this.definition = definition;
    this.kernels = kernels;
  }

  public static Builder named(String name, String... aliases) {
    return new Builder(name, List.of(aliases));
  }

  @Override
  public String name() {
    return definition.name;
  }

  @Override
  public List<String> aliases() {
    return definition.aliases;
  }

  @Override
  public Volatility volatility() {
    return definition.volatility;
  }

  @Override
  public Placement placement() {
    return definition.placement;
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    int count = arguments.size();
    int most = definition.required.size() + definition.optional.size();
    if (count < definition.required.size() || (count > most && definition.rest == null)) {
      throw new TerraneException(
          ErrorCode.WRONG_ARGUMENT_COUNT,
          "Incorrect parameter count in the call to native function '" + definition.name + "'");
    }
    return definition.result.apply(converted(arguments));
  }

  private List<DataType> converted(List<DataType> arguments) {
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      types.add(definition.param(i).convert(arguments.get(i)));
    }
    return types;
  }

  @Override
  public boolean readsTimeZone(List<DataType> arguments, DataType result) {
    List<DataType> converted = converted(arguments);
    for (int i = 0; i < arguments.size(); i++) {
      boolean isTimestamp = converted.get(i).kind() == DataType.Kind.TIMESTAMP;
      if (Casts.readsTimeZone(arguments.get(i), converted.get(i))
          || (definition.zoned && isTimestamp)) {
        return true;
      }
    }
    return definition.zoned && arguments.isEmpty();
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    List<DataType> given = arguments.stream().map(VectorExpr::type).toList();
    DataType type = resultType(given);
    List<DataType> wanted = converted(given);
    List<VectorExpr> inputs = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      inputs.add(Casts.implicit(context, arguments.get(i), wanted.get(i)));
    }
    Kernel kernel = kernels.get();
    boolean takesNulls = definition.takesNulls;
    return new CustomExpr(
        type,
        inputs,
        (columns, out, rows) -> {
          for (int i = 0; i < rows; i++) {
            if (!takesNulls && anyNull(columns, i)) {
              out.setNull(i);
            } else {
              kernel.apply(context, columns, i, out);
            }
          }
        });
  }

  private static boolean anyNull(Column[] columns, int row) {
    for (Column column : columns) {
      if (column.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  /** A definition in the making. */
  public static final class Builder {
    private final String name;
    private final List<String> aliases;
    private List<Param> required = List.of();
    private List<Param> optional = List.of();
    private Param rest;
    private Function<List<DataType>, DataType> result;
    private Volatility volatility = Volatility.IMMUTABLE;
    private Placement placement = Placement.ANYWHERE;
    private boolean takesNulls;
    private boolean zoned;

    private Builder(String name, List<String> aliases) {
      this.name = name;
      this.aliases = aliases;
    }

    private Param param(int index) {
      if (index < required.size()) {
        return required.get(index);
      }
      int after = index - required.size();
      return after < optional.size() ? optional.get(after) : rest == null ? Param.ANY : rest;
    }

    /** Parameters that must be given. */
    public Builder takes(Param... params) {
      required = Arrays.asList(params);
      return this;
    }

    /** Parameters that may be given after them. */
    public Builder optionally(Param... params) {
      optional = Arrays.asList(params);
      return this;
    }

    /** Any number of further arguments. */
    public Builder andMore(Param param) {
      rest = param;
      return this;
    }

    public Builder returns(DataType type) {
      result = arguments -> type;
      return this;
    }

    /** A type that depends on those the arguments are converted to. */
    public Builder returns(Function<List<DataType>, DataType> rule) {
      result = rule;
      return this;
    }

    public Builder volatility(Volatility newVolatility) {
      volatility = newVolatility;
      return this;
    }

    public Builder placement(Placement newPlacement) {
      placement = newPlacement;
      return this;
    }

    /** The kernel is called for rows with NULL arguments too. */
    public Builder takesNulls() {
      takesNulls = true;
      return this;
    }

    /** The kernel looks at the session's time zone. */
    public Builder zoned() {
      zoned = true;
      return this;
    }

    public ScalarFunction kernel(Kernel kernel) {
      return new RowFunction(this, () -> kernel);
    }

    /** A kernel with state of its own, made for each use. */
    public ScalarFunction kernelPerUse(Supplier<Kernel> kernels) {
      return new RowFunction(this, kernels);
    }
  }
}
