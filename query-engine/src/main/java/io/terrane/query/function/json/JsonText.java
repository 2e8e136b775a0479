package io.terrane.query.function.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;

/** Documents read from and written as text, as GreptimeDB or as MySQL writes them. */
final class JsonText {
  /** Of the members' names in MySQL's normal form. */
  static final Comparator<String> MYSQL_ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /** How a document is written. */
  private enum Style {
    /** Without blanks, members in the order of their names. */
    COMPACT(":", ",", Comparator.naturalOrder()),
    /** MySQL's normal form: short names first. */
    SPACED(": ", ", ", JsonText.MYSQL_ORDER);

    private final String afterName;
    private final String between;
    private final Comparator<String> order;

    Style(String afterName, String between, Comparator<String> order) {
      this.afterName = afterName;
      this.between = between;
      this.order = order;
    }
  }

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /** Numbers from here on have an exponent. */
  private static final double PLAIN_MAX = 1e16;

  private static final double PLAIN_MIN = 1e-5;

  private JsonText() {}

  /** INCORRECT_VALUE if the text is no document. */
  static JsonNode read(String text) {
    try {
      return READER.readValue(text);
    } catch (JsonProcessingException e) {
      throw new TerraneException(
          ErrorCode.INCORRECT_VALUE,
          "Invalid JSON text: '" + text + "': " + e.getOriginalMessage(),
          e);
    }
  }

  /** Nothing if the text is no document. */
  static Optional<JsonNode> tryRead(String text) {
    try {
      return Optional.of(READER.readValue(text));
    } catch (JsonProcessingException noDocument) {
      return Optional.empty();
    }
  }

  static String write(JsonNode node) {
    return write(node, Style.COMPACT);
  }

  /** As MySQL's functions write what they made. */
  static String writeSpaced(JsonNode node) {
    return write(node, Style.SPACED);
  }

  private static String write(JsonNode node, Style style) {
    StringBuilder text = new StringBuilder();
    write(node, style, text);
    return text.toString();
  }

  /** Recursion ends, as the reader bounds how deep documents are. */
  private static void write(JsonNode node, Style style, StringBuilder text) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        TreeMap<String, JsonNode> members = new TreeMap<>(style.order);
        node.fields().forEachRemaining(member -> members.put(member.getKey(), member.getValue()));
        String before = "{";
        for (var member : members.entrySet()) {
          text.append(before);
          quote(member.getKey(), text);
          text.append(style.afterName);
          write(member.getValue(), style, text);
          before = style.between;
        }
        text.append(members.isEmpty() ? "{}" : "}");
      }
      case ARRAY -> {
        String before = "[";
        for (JsonNode element : node) {
          text.append(before);
          write(element, style, text);
          before = style.between;
        }
        text.append(node.isEmpty() ? "[]" : "]");
      }
      case STRING -> quote(node.textValue(), text);
      default -> text.append(scalar(node));
    }
  }

  /** A number, a boolean or null. */
  static String scalar(JsonNode node) {
    if (!node.isFloatingPointNumber()) {
      return node.asText();
    }
    double value = node.doubleValue();
    double magnitude = Math.abs(value);
    BigDecimal shortest = new BigDecimal(Double.toString(value));
    if (magnitude == 0 || (magnitude >= PLAIN_MIN && magnitude < PLAIN_MAX)) {
      String plain = shortest.stripTrailingZeros().toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    BigDecimal stripped = shortest.stripTrailingZeros();
    String digits = stripped.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - stripped.scale();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + exponent;
  }

  /** A text as a document. */
  static String quoted(String value) {
    StringBuilder text = new StringBuilder();
    quote(value, text);
    return text.toString();
  }

  private static void quote(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          // The line separators are legal, but end a line in scripts that a document is put into.
          if (c < ' ' || c == '\u2028' || c == '\u2029') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
