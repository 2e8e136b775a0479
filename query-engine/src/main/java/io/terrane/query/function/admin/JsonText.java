package io.terrane.query.function.admin;

/** Writes a JSON object (RFC 8259). One thread. */
final class JsonText {
  private final StringBuilder json = new StringBuilder("{");
  private boolean first = true;

  JsonText field(String name, String value) {
    return raw(name, value == null ? "null" : quoted(value));
  }

  JsonText field(String name, Long value) {
    return raw(name, String.valueOf(value));
  }

  JsonText field(String name, Boolean value) {
    return raw(name, String.valueOf(value));
  }

  /** Begins an object inside. */
  JsonText open(String name) {
    raw(name, "{");
    first = true;
    return this;
  }

  JsonText close() {
    json.append('}');
    first = false;
    return this;
  }

  /** The whole object; nothing may be added after. */
  String text() {
    return json.append('}').toString();
  }

  private JsonText raw(String name, String value) {
    json.append(first ? "" : ",").append(quoted(name)).append(':').append(value);
    first = false;
    return this;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ') {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
