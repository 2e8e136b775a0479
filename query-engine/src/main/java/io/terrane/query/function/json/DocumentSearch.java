package io.terrane.query.function.json;

import static io.terrane.query.function.Param.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Column;
import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** JSON_SEARCH(document, 'one' | 'all', pattern [, escape [, path]]): where texts like it are. */
final class DocumentSearch {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  private DocumentSearch() {}

  static ScalarFunction function() {
    return RowFunction.named("json_search")
        .takes(TEXT, TEXT, TEXT)
        .optionally(TEXT, TEXT)
        .returns(DataType.STRING)
        .takesNulls()
        .kernel(
            (context, a, row, out) -> {
              if (a[0].isNull(row) || a[1].isNull(row) || a[2].isNull(row)) {
                out.setNull(row);
              } else {
                search(a, row, out);
              }
            });
  }

  private static void search(Column[] a, int row, Column out) {
    boolean all = isAll(a[1].stringAt(row));
    boolean hasEscape = a.length > 3 && !a[3].isNull(row) && a[3].lengthAt(row) > 0;
    char escape = hasEscape ? a[3].stringAt(row).charAt(0) : '\\';
    Pattern pattern = pattern(a[2].stringAt(row), escape);
    List<String> found = new ArrayList<>();
    collect(JsonText.read(a[0].stringAt(row)), "$", pattern, found);
    if (a.length > 4 && !a[4].isNull(row)) {
      String prefix = a[4].stringAt(row);
      found.removeIf(path -> !path.startsWith(prefix));
    }
    if (found.isEmpty()) {
      out.setNull(row);
    } else if (!all || found.size() == 1) {
      out.setString(row, JsonText.quoted(found.get(0)));
    } else {
      ArrayNode paths = JsonNodeFactory.instance.arrayNode();
      found.forEach(paths::add);
      out.setString(row, JsonText.writeSpaced(paths));
    }
  }

  private static boolean isAll(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "one" -> false;
      case "all" -> true;
      default ->
          throw new TerraneException(
              ErrorCode.INVALID_ARGUMENT,
              "The oneOrAll argument to json_search may take these values: 'one' or 'all'.");
    };
  }

  /** Recursion ends, as the reader bounds how deep documents are. */
  private static void collect(JsonNode node, String path, Pattern pattern, List<String> found) {
    if (node.isTextual()) {
      if (pattern.matcher(node.textValue()).matches()) {
        found.add(path);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), path + "[" + i + "]", pattern, found);
      }
    } else {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        String name = member.getKey();
        String step = PLAIN_NAME.matcher(name).matches() ? name : JsonText.quoted(name);
        collect(member.getValue(), path + "." + step, pattern, found);
      }
    }
  }

  private static Pattern pattern(String like, char escape) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      if (c == escape && i + 1 < like.length()) {
        i++;
        regex.append(Pattern.quote(like.substring(i, i + 1)));
      } else if (c == '%' || c == '_') {
        regex.append(c == '%' ? ".*" : ".");
      } else {
        regex.append(Pattern.quote(like.substring(i, i + 1)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
