package io.terrane.query.function.json;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.HashMap;
import java.util.Map;

/**
 * MySQL's paths as the arguments of one call, each read once while it stays the same, as it does in
 * most calls. Not thread-safe.
 */
final class DocumentPaths {
  private record Read(String source, JsonPath path) {}

  private final Map<Integer, Read> byArgument = new HashMap<>();

  /** The path in that argument; INVALID_ARGUMENT if the text is none or does not start with $. */
  JsonPath path(int argument, String source) {
    Read read = byArgument.get(argument);
    if (read == null || !read.source.equals(source)) {
      if (!source.stripLeading().startsWith("$")) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT,
            "Invalid JSON path expression '" + source + "': it does not begin with $");
      }
      read = new Read(source, JsonPathReader.path(source));
      byArgument.put(argument, read);
    }
    return read.path;
  }

  /** A path that leads to one value; INVALID_ARGUMENT if it may lead to several. */
  JsonPath single(int argument, String source) {
    JsonPath path = path(argument, source);
    if (!path.isSingle()) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "In this situation, path expressions may not contain the * and ** tokens or an array"
              + " range: '"
              + source
              + "'");
    }
    return path;
  }
}
