package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.TableName;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlIdentifier;

/** Names in statements: where they lead, and which may be given to new things. */
public final class Names {
  private static final int LENGTH_MAX = 64;
  private static final String OTHER_CHARACTERS = "_-$#@:. ";

  private Names() {}

  /**
   * The table an identifier of one to three parts names.
   *
   * @param database the session's, empty if none: DATABASE_NOT_SELECTED where it is needed
   */
  public static TableName table(SqlIdentifier identifier, String database) {
    List<String> parts = identifier.names;
    return switch (parts.size()) {
      case 1 -> {
        if (database.isEmpty()) {
          throw new TerraneException(ErrorCode.DATABASE_NOT_SELECTED, "No database selected");
        }
        yield new TableName(database, parts.get(0));
      }
      case 2 -> new TableName(parts.get(0), parts.get(1));
      case 3 -> {
        checkCatalog(parts.get(0));
        yield new TableName(parts.get(1), parts.get(2));
      }
      default ->
          throw new TerraneException(
              ErrorCode.INVALID_ARGUMENT, "Incorrect table name '" + String.join(".", parts) + "'");
    };
  }

  private static void checkCatalog(String catalog) {
    if (!catalog.equalsIgnoreCase(TableName.CATALOG) && !catalog.equalsIgnoreCase("def")) {
      throw new TerraneException(ErrorCode.DATABASE_NOT_FOUND, "Unknown catalog '" + catalog + "'");
    }
  }

  /** INVALID_ARGUMENT unless something new may be called so. */
  static String checkedNew(String what, String name) {
    boolean valid =
        !name.isEmpty()
            && name.length() <= LENGTH_MAX
            && !name.endsWith(" ")
            && name.codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || OTHER_CHARACTERS.indexOf(c) >= 0);
    if (!valid) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Incorrect " + what + " name '" + name + "'");
    }
    return name;
  }

  /** READ_ONLY_TABLE for what lies in information_schema. */
  static TableName checkedWritable(TableName name) {
    if (isSystem(name.database())) {
      throw new TerraneException(
          ErrorCode.READ_ONLY_TABLE, "Table '" + name + "' is read only: it is a system table");
    }
    return name;
  }

  /** Whether a database holds only system tables. */
  public static boolean isSystem(String database) {
    return database.toLowerCase(Locale.ROOT).equals(TableName.INFORMATION_SCHEMA);
  }
}
