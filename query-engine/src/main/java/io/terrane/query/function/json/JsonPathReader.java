package io.terrane.query.function.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads paths: {@code $.a.b}, {@code a.b}, {@code a:b}, {@code a["b"]}, {@code [0]}, {@code [last -
 * 1]}, {@code [1 to last]}, {@code [0, 2]}, {@code .*}, {@code **}, {@code [*]}, and filters {@code
 * ?(@.n > 1 && @.s == "x")}. INVALID_ARGUMENT where the text is none.
 */
final class JsonPathReader {
  private static final int DEPTH_MAX = 64;
  private static final String NOT_IN_NAMES = ".:[]()?\"'=<>!&|,@ \t\n";

  private final String source;
  private int at;
  private int depth;

  private JsonPathReader(String source) {
    this.source = source;
  }

  static JsonPath path(String source) {
    JsonPathReader reader = new JsonPathReader(source);
    reader.skipBlanks();
    List<JsonPath.Step> steps = new ArrayList<>();
    if (!reader.accept("$") && !reader.atEnd() && !reader.at("[") && !reader.at("?")) {
      reader.accept(".");
      steps.add(new JsonPath.Member(reader.name()));
    }
    reader.steps(steps);
    reader.end();
    return new JsonPath(steps);
  }

  /** A condition on a whole document. */
  static JsonPredicate predicate(String source) {
    JsonPathReader reader = new JsonPathReader(source);
    JsonPredicate predicate = reader.or();
    reader.end();
    return predicate;
  }

  private void steps(List<JsonPath.Step> steps) {
    while (true) {
      if (accept("**")) {
        steps.add(JsonPath.descendants());
      } else if (accept(".") || accept(":")) {
        steps.add(accept("*") ? JsonPath.everyMember() : new JsonPath.Member(name()));
      } else if (accept("[")) {
        steps.add(subscript());
      } else if (at("?")) {
        accept("?");
        expect("(");
        steps.add(JsonPath.where(or()));
        expect(")");
      } else {
        return;
      }
    }
  }

  private JsonPath.Step subscript() {
    skipBlanks();
    JsonPath.Step step;
    if (accept("*")) {
      step = JsonPath.everyElement();
    } else if (at("\"") || at("'")) {
      step = new JsonPath.Member(quoted());
    } else {
      List<JsonPath.Step> alternatives = new ArrayList<>();
      do {
        JsonPath.Position first = position();
        alternatives.add(new JsonPath.Elements(first, accept("to") ? position() : first));
      } while (accept(","));
      step = JsonPath.each(alternatives);
    }
    expect("]");
    return step;
  }

  private JsonPath.Position position() {
    skipBlanks();
    if (accept("last")) {
      return new JsonPath.Position(accept("-") ? number() : 0, true);
    }
    return accept("-")
        ? new JsonPath.Position(number() - 1, true)
        : new JsonPath.Position(number(), false);
  }

  private JsonPredicate or() {
    if (++depth > DEPTH_MAX) {
      throw invalid("nested too deeply");
    }
    JsonPredicate predicate = and();
    while (accept("||")) {
      predicate = predicate.or(and());
    }
    depth--;
    return predicate;
  }

  private JsonPredicate and() {
    JsonPredicate predicate = condition();
    while (accept("&&")) {
      predicate = predicate.and(condition());
    }
    return predicate;
  }

  private JsonPredicate condition() {
    if (accept("exists")) {
      expect("(");
      JsonPredicate.Operand operand = operand();
      expect(")");
      return JsonPredicate.exists(operand);
    }
    if (accept("(")) {
      JsonPredicate predicate = or();
      expect(")");
      return predicate;
    }
    JsonPredicate.Operand left = operand();
    return JsonPredicate.compare(left, comparison(), operand());
  }

  private JsonPredicate.Comparison comparison() {
    if (accept("==")) {
      return JsonPredicate.Comparison.EQUAL;
    } else if (accept("!=") || accept("<>")) {
      return JsonPredicate.Comparison.NOT_EQUAL;
    } else if (accept("<=")) {
      return JsonPredicate.Comparison.LESS_OR_EQUAL;
    } else if (accept(">=")) {
      return JsonPredicate.Comparison.GREATER_OR_EQUAL;
    } else if (accept("<")) {
      return JsonPredicate.Comparison.LESS;
    } else if (accept(">")) {
      return JsonPredicate.Comparison.GREATER;
    }
    throw invalid("a comparison is missing");
  }

  private JsonPredicate.Operand operand() {
    skipBlanks();
    boolean fromRoot = accept("$");
    if (fromRoot || accept("@")) {
      List<JsonPath.Step> steps = new ArrayList<>();
      steps(steps);
      JsonPath path = new JsonPath(steps);
      return (present, root) -> path.select(fromRoot ? root : present, root);
    }
    List<JsonNode> literal = List.of(literal());
    return (present, root) -> literal;
  }

  private JsonNode literal() {
    if (at("\"") || at("'")) {
      return TextNode.valueOf(quoted());
    }
    int from = at;
    while (at < source.length() && "+-.eE0123456789".indexOf(source.charAt(at)) >= 0) {
      at++;
    }
    if (at > from) {
      try {
        return DecimalNode.valueOf(new BigDecimal(source.substring(from, at)));
      } catch (NumberFormatException notANumber) {
        at = from;
      }
    }
    return switch (name()) {
      case "true" -> BooleanNode.TRUE;
      case "false" -> BooleanNode.FALSE;
      case "null" -> NullNode.getInstance();
      default -> throw invalid("a value is missing");
    };
  }

  private String name() {
    skipBlanks();
    if (at("\"")) {
      return quoted();
    }
    int from = at;
    while (at < source.length() && NOT_IN_NAMES.indexOf(source.charAt(at)) < 0) {
      at++;
    }
    if (at == from) {
      throw invalid("a name is missing");
    }
    return source.substring(from, at);
  }

  private String quoted() {
    char quote = source.charAt(at++);
    StringBuilder text = new StringBuilder();
    while (at < source.length() && source.charAt(at) != quote) {
      if (source.charAt(at) == '\\' && at + 1 < source.length()) {
        at++;
      }
      text.append(source.charAt(at++));
    }
    if (at == source.length()) {
      throw invalid("a quote is missing");
    }
    at++;
    return text.toString();
  }

  private int number() {
    skipBlanks();
    int from = at;
    while (at < source.length() && Character.isDigit(source.charAt(at))) {
      at++;
    }
    if (at == from || at - from > 9) {
      throw invalid("a position is missing");
    }
    return Integer.parseInt(source.substring(from, at));
  }

  private boolean at(String wanted) {
    return source.startsWith(wanted, at);
  }

  private boolean accept(String wanted) {
    int before = at;
    skipBlanks();
    if (at(wanted)) {
      at += wanted.length();
      return true;
    }
    at = before;
    return false;
  }

  private void expect(String wanted) {
    if (!accept(wanted)) {
      throw invalid("'" + wanted + "' is missing");
    }
  }

  private void skipBlanks() {
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      at++;
    }
  }

  private boolean atEnd() {
    skipBlanks();
    return at == source.length();
  }

  private void end() {
    if (!atEnd()) {
      throw invalid("not understood");
    }
  }

  private TerraneException invalid(String why) {
    return new TerraneException(
        ErrorCode.INVALID_ARGUMENT,
        "Invalid JSON path expression '" + source + "': " + why + " at position " + (at + 1));
  }
}
