package io.terrane.query.parse;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;

/**
 * How the text of LOAD DATA is cut into lines and fields; all parts may be empty but the ends.
 *
 * @param fieldEnd between fields
 * @param enclosure one character around a field, or empty
 * @param escape one character before one that means itself or something else, or empty
 * @param lineStart what is before it in a line is dropped, and lines without it are
 */
public record LoadFormat(
    String fieldEnd, String enclosure, String escape, String lineStart, String lineEnd) {

  /** MySQL's default. */
  static final LoadFormat TAB_SEPARATED = new LoadFormat("\t", "", "\\", "", "\n");

  LoadFormat withFieldEnd(String end) {
    return new LoadFormat(end, enclosure, escape, lineStart, lineEnd);
  }

  LoadFormat withEnclosure(String character) {
    return new LoadFormat(fieldEnd, character, escape, lineStart, lineEnd);
  }

  LoadFormat withEscape(String character) {
    return new LoadFormat(fieldEnd, enclosure, character, lineStart, lineEnd);
  }

  LoadFormat withLineStart(String start) {
    return new LoadFormat(fieldEnd, enclosure, escape, start, lineEnd);
  }

  LoadFormat withLineEnd(String end) {
    return new LoadFormat(fieldEnd, enclosure, escape, lineStart, end);
  }

  /** This format; an error if it cannot be read. */
  LoadFormat checked() {
    if (enclosure.length() > 1 || escape.length() > 1) {
      throw new TerraneException(
          ErrorCode.WRONG_FIELD_TERMINATORS,
          "Field separator argument is not what is expected; check the manual");
    }
    if (fieldEnd.isEmpty() || lineEnd.isEmpty()) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED,
          "This version doesn't yet support 'LOAD DATA of fixed-size rows' (an empty TERMINATED BY)");
    }
    return this;
  }
}
