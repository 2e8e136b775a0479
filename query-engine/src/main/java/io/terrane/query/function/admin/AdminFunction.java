package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A function that does something to the cluster. Called by {@code ADMIN name(...)} and by {@code
 * SELECT name(...)} alike. Thread-safe; {@link #run} may block.
 */
public abstract class AdminFunction {
  /** What a parameter takes. */
  enum Parameter {
    /** A whole number that is not negative. */
    NUMBER,
    TEXT,
    FLAG
  }

  private final String name;
  private final List<Parameter> parameters;
  private final int argumentsMin;

  AdminFunction(String name, int argumentsMin, Parameter... parameters) {
    this.name = name;
    this.parameters = List.of(parameters);
    this.argumentsMin = argumentsMin;
  }

  /** Lower case. */
  public final String name() {
    return name;
  }

  public abstract DataType resultType();

  /** Checks the arguments, then acts. */
  public final Datum run(List<Datum> arguments, AdminCaller caller) {
    return run(arguments, Map.of(), caller);
  }

  /**
   * The same with named options; INVALID_ARGUMENT if the function has none of that name.
   *
   * @param options by name, in lower case
   */
  public final Datum run(List<Datum> arguments, Map<String, Datum> options, AdminCaller caller) {
    for (String option : options.keySet()) {
      if (!optionNames().contains(option)) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT,
            "Unknown option of "
                + name
                + ": '"
                + option
                + "'; it has "
                + (optionNames().isEmpty() ? "none" : String.join(", ", optionNames())));
      }
    }
    checkTypes(arguments.stream().map(Datum::type).toList());
    for (int i = 0; i < arguments.size(); i++) {
      checkValue(i, arguments.get(i));
    }
    return act(arguments, options, caller);
  }

  abstract Datum act(List<Datum> arguments, AdminCaller caller);

  /** For functions that take options. */
  Datum act(List<Datum> arguments, Map<String, Datum> options, AdminCaller caller) {
    return act(arguments, caller);
  }

  /** What it takes by name, in ADMIN only. */
  Set<String> optionNames() {
    return Set.of();
  }

  /** WRONG_ARGUMENT_COUNT or WRONG_ARGUMENT_TYPE unless a call with these types can be made. */
  final void checkTypes(List<DataType> types) {
    if (types.size() < argumentsMin || types.size() > parameters.size()) {
      String expected =
          argumentsMin == parameters.size()
              ? "exactly " + argumentsMin
              : argumentsMin
                  + (parameters.size() == argumentsMin + 1 ? " or " : " to ")
                  + parameters.size();
      throw new TerraneException(
          ErrorCode.WRONG_ARGUMENT_COUNT,
          "Incorrect number of arguments for "
              + name
              + ": expect "
              + expected
              + ", have: "
              + types.size());
    }
    for (int i = 0; i < types.size(); i++) {
      DataType type = types.get(i);
      if (type.kind() != DataType.Kind.NULL && !fits(parameters.get(i), type)) {
        String wanted =
            switch (parameters.get(i)) {
              case NUMBER -> "a whole number";
              case TEXT -> "a string";
              case FLAG -> "true or false";
            };
        throw new TerraneException(
            ErrorCode.WRONG_ARGUMENT_TYPE,
            "Incorrect argument "
                + (i + 1)
                + " of "
                + name
                + ": expect "
                + wanted
                + ", have: "
                + type.kind().name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static boolean fits(Parameter parameter, DataType type) {
    return switch (parameter) {
      case NUMBER -> type.isInteger() || isWholeDecimal(type);
      case TEXT -> type.kind() == DataType.Kind.STRING;
      case FLAG -> type.kind() == DataType.Kind.BOOLEAN || type.isInteger();
    };
  }

  private static boolean isWholeDecimal(DataType type) {
    return type.kind() == DataType.Kind.DECIMAL && type.scale() == 0;
  }

  private void checkValue(int index, Datum value) {
    if (value.isNull()) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Argument " + (index + 1) + " of " + name + " is NULL");
    }
    if (parameters.get(index) == Parameter.NUMBER && number(value) < 0) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "Argument " + (index + 1) + " of " + name + " is out of range: " + value.value());
    }
  }

  /** The number, or -1 where it does not fit. */
  static long number(Datum value) {
    if (value.value() instanceof BigDecimal decimal) {
      return decimal.signum() >= 0 && decimal.toBigInteger().bitLength() < Long.SIZE
          ? decimal.longValue()
          : -1;
    }
    return (Long) value.value();
  }
}
