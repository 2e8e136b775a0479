package io.terrane.query.function.builtin;

import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.ScalarFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the expressions of the function tables: calls with names of the registry, operators
 * included, over literals ({@code 1}, {@code 1u}, {@code 1.5}, {@code 1e0}, {@code 'a'}, {@code
 * x'ff'}, {@code date'…'}, {@code time'…'}, {@code ts0'…'} to {@code ts9'…'}, {@code NULL}, {@code
 * true}); {@code cast(e as TYPE)}.
 */
final class ExpressionReader {
  private final String text;
  private final FunctionRegistry functions;
  private int at;

  ExpressionReader(String text, FunctionRegistry functions) {
    this.text = text;
    this.functions = functions;
  }

  ScalarExpr read() {
    ScalarExpr expr = expression();
    if (at != text.length()) {
      throw new IllegalArgumentException("unread: " + text.substring(at) + " of " + text);
    }
    return expr;
  }

  private ScalarExpr expression() {
    blanks();
    char first = text.charAt(at);
    boolean negative =
        first == '-' && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
    if (Character.isDigit(first) || negative) {
      return number();
    }
    if (first == '\'') {
      return literal(Datum.of(string()));
    }
    int from = at;
    while (at < text.length() && "(',) ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    if (at < text.length() && text.charAt(at) == '\'') {
      return typed(word.toLowerCase(Locale.ROOT), string());
    }
    if (at >= text.length() || text.charAt(at) != '(') {
      return literal(constant(word));
    }
    at++;
    return call(word);
  }

  private static Datum constant(String word) {
    return switch (word) {
      case "NULL" -> Datum.NULL;
      case "true" -> Datum.of(true);
      case "false" -> Datum.of(false);
      default -> {
        if (word.startsWith("NULL:")) {
          yield Datum.ofNull(type(word.substring(5)));
        }
        throw new IllegalArgumentException("no literal: " + word);
      }
    };
  }

  private ScalarExpr call(String name) {
    List<ScalarExpr> arguments = new ArrayList<>();
    blanks();
    while (text.charAt(at) != ')') {
      arguments.add(expression());
      blanks();
      if (text.startsWith("as ", at)) {
        int from = at + 3;
        int end = text.indexOf(')', from);
        if (text.indexOf('(', from) >= 0 && text.indexOf('(', from) < end) {
          end = text.indexOf(')', end + 1);
        }
        DataType type = type(text.substring(from, end).trim());
        at = end + 1;
        return new ScalarExpr.Call(name, arguments, type);
      }
      if (text.charAt(at) == ',') {
        at++;
        blanks();
      }
    }
    at++;
    ScalarFunction function =
        functions
            .findScalar(name)
            .orElseThrow(() -> new IllegalArgumentException("no function " + name));
    List<DataType> types = new ArrayList<>();
    List<Optional<Datum>> constants = new ArrayList<>();
    for (ScalarExpr argument : arguments) {
      types.add(argument.type());
      constants.add(
          argument instanceof ScalarExpr.Literal known
              ? Optional.of(known.value())
              : Optional.empty());
    }
    function.resultType(types);
    return new ScalarExpr.Call(name, arguments, function.resultType(types, constants));
  }

  static DataType type(String name) {
    if (name.startsWith("DECIMAL(")) {
      String[] digits = name.substring(8, name.length() - 1).split(",", -1);
      return DataType.decimal(
          Integer.parseInt(digits[0].trim()), Integer.parseInt(digits[1].trim()));
    }
    if (name.startsWith("TIMESTAMP(")) {
      return DataType.timestamp(name.charAt(10) - '0');
    }
    return name.equals("TIME") ? DataType.TIME : new DataType(DataType.Kind.valueOf(name), 0, 0);
  }

  private ScalarExpr number() {
    int from = at++;
    while (at < text.length() && ".eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
      boolean exponent = text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E';
      if (exponent && at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
    String digits = text.substring(from, at);
    if (at < text.length() && text.charAt(at) == 'u') {
      at++;
      return literal(new Datum(DataType.UINT64, Long.parseUnsignedLong(digits)));
    }
    if (digits.indexOf('e') >= 0) {
      return literal(Datum.of(Double.parseDouble(digits)));
    }
    if (digits.indexOf('.') >= 0) {
      BigDecimal value = new BigDecimal(digits);
      int precision = Math.max(value.precision(), value.scale());
      return literal(new Datum(DataType.decimal(precision, value.scale()), value));
    }
    return literal(Datum.of(Long.parseLong(digits)));
  }

  private String string() {
    StringBuilder value = new StringBuilder();
    at++;
    while (true) {
      char each = text.charAt(at++);
      if (each == '\'') {
        if (at < text.length() && text.charAt(at) == '\'') {
          at++;
        } else {
          return value.toString();
        }
      }
      value.append(each);
    }
  }

  private static ScalarExpr typed(String kind, String value) {
    if (kind.equals("x")) {
      return literal(Datum.ofBytes(HexFormat.of().parseHex(value)));
    }
    DataType type =
        switch (kind) {
          case "date" -> DataType.DATE;
          case "time" -> DataType.TIME;
          default -> DataType.timestamp(kind.charAt(2) - '0');
        };
    return new ScalarExpr.Call("cast", List.of(literal(Datum.of(value))), type);
  }

  private static ScalarExpr literal(Datum value) {
    return new ScalarExpr.Literal(value);
  }

  private void blanks() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }
}
