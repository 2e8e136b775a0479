package io.terrane.query.parse;

import io.terrane.query.parse.Statement.VariableScope;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * {@code @x}, {@code @@x}, {@code @@session.x} or {@code @@global.x}.
 *
 * @param name in lower case, without at signs and scope
 */
public record VariableName(VariableScope scope, String name) {

  /** The variable that an identifier of a parsed statement stands for, if it does. */
  public static Optional<VariableName> of(SqlIdentifier identifier) {
    String first = identifier.names.get(0);
    return identifier.isSimple()
            && !first.isEmpty()
            && first.charAt(0) == Canonicalizer.VARIABLE_MARK
        ? Optional.of(parse(first))
        : Optional.empty();
  }

  static VariableName parse(String marked) {
    String text = marked.substring(1).toLowerCase(Locale.ROOT);
    if (!text.startsWith("@@")) {
      return new VariableName(VariableScope.USER, text.substring(1));
    }
    String name = text.substring(2);
    if (name.startsWith("global.")) {
      return new VariableName(VariableScope.GLOBAL, name.substring(7));
    } else if (name.startsWith("session.")) {
      return new VariableName(VariableScope.SESSION, name.substring(8));
    } else if (name.startsWith("local.")) {
      return new VariableName(VariableScope.SESSION, name.substring(6));
    }
    return new VariableName(VariableScope.SESSION, name);
  }
}
