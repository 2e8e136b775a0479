package io.terrane.query.session;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.Locale;
import java.util.Set;

/** Character sets that clients may name; text is UTF-8 inside, whatever they say. */
final class Charsets {
  private static final Set<String> KNOWN =
      Set.of(
          "utf8mb4", "utf8mb3", "utf8", "latin1", "ascii", "binary", "ucs2", "utf16", "utf32",
          "gbk", "gb2312", "gb18030", "big5", "sjis", "cp932", "ujis", "euckr", "latin2", "cp1250",
          "cp1251", "cp1252", "koi8r");

  private Charsets() {}

  static String checked(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    if (!KNOWN.contains(folded)) {
      throw new TerraneException(
          ErrorCode.WRONG_VARIABLE_VALUE, "Unknown character set: '" + name + "'");
    }
    return folded.equals("utf8") ? "utf8mb3" : folded;
  }
}
