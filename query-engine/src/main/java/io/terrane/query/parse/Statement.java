package io.terrane.query.parse;

import io.terrane.api.table.ColumnIndex;
import io.terrane.api.table.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUpdate;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A statement as read, nothing in it resolved. Names keep their case; {@link SqlIdentifier}s have
 * one to three parts (catalogue, database, table). Expressions are Calcite's nodes.
 */
public sealed interface Statement {
  /**
   * SELECT, WITH, VALUES.
   *
   * @param template empty where a plan of the query cannot be shared
   */
  record Query(SqlNode node, Optional<StatementTemplate> template) implements Statement {}

  /**
   * EXPLAIN.
   *
   * @param query what is asked, or what a change asks before it writes
   * @param change that takes the query's rows, as {@code Delete: t}
   * @param analyze also runs the query
   * @param json tells it in JSON
   */
  record Explain(SqlNode query, Optional<String> change, boolean analyze, boolean json)
      implements Statement {}

  /** What an INSERT does with a row whose key is there already. */
  enum InsertMode {
    INSERT,
    IGNORE,
    REPLACE
  }

  /** One {@code column = expression}. */
  record Assignment(SqlIdentifier column, SqlNode value) {}

  /** What an INSERT calls its new rows; {@code columns} are empty where it renames none. */
  record RowAlias(String name, List<String> columns) {}

  /**
   * @param newRow of VALUES … AS
   * @param onDuplicateKey of ON DUPLICATE KEY UPDATE, or empty
   */
  record Insert(
      SqlInsert node, InsertMode mode, Optional<RowAlias> newRow, List<Assignment> onDuplicateKey)
      implements Statement {}

  /**
   * LOAD DATA LOCAL.
   *
   * @param file the client's name for it
   * @param skipped lines at the beginning that are not rows
   * @param columns what each field is for; an empty one is dropped; none stands for all columns
   */
  record LoadData(
      String file,
      InsertMode mode,
      SqlIdentifier table,
      Optional<String> charset,
      LoadFormat format,
      long skipped,
      List<Optional<String>> columns)
      implements Statement {}

  /**
   * ORDER BY and LIMIT of an UPDATE or DELETE.
   *
   * @param order keys as of a query's ORDER BY
   * @param count how many rows are changed at most
   */
  record RowLimit(List<SqlNode> order, Optional<SqlNode> count) {
    public static final RowLimit NONE = new RowLimit(List.of(), Optional.empty());

    public RowLimit {
      order = List.copyOf(order);
    }

    /** The same with something done to each expression. */
    public RowLimit map(UnaryOperator<SqlNode> change) {
      return new RowLimit(order.stream().map(change).toList(), count.map(change));
    }
  }

  record Delete(SqlDelete node, RowLimit limit) implements Statement {}

  record Update(SqlUpdate node, RowLimit limit) implements Statement {}

  record Truncate(SqlIdentifier table) implements Statement {}

  record CreateDatabase(String name, Map<String, String> options, boolean ifNotExists)
      implements Statement {}

  /** Options to set, or keys of options to remove. */
  record AlterDatabase(String name, Map<String, String> set, List<String> unset)
      implements Statement {}

  record DropDatabase(String name, boolean ifExists) implements Statement {}

  /** {@code nullable} is empty where the text says neither. */
  record Column(
      String name,
      DataType type,
      Optional<Boolean> nullable,
      Optional<SqlNode> defaultValue,
      boolean primaryKey,
      boolean timeIndex,
      String comment,
      List<IndexClause> indexes) {}

  /** An index of one column, with the options that are given. */
  record IndexClause(ColumnIndex.Kind kind, Map<String, String> options) {}

  /** {@code PARTITION ON COLUMNS (columns) (bounds)}; {@code boundTexts} as written. */
  record Partitioning(List<String> columns, List<SqlNode> bounds, List<String> boundTexts) {}

  /**
   * @param primaryKeys one per PRIMARY KEY clause
   * @param timeIndexes one per TIME INDEX clause
   */
  record CreateTable(
      SqlIdentifier name,
      List<Column> columns,
      List<List<String>> primaryKeys,
      List<String> timeIndexes,
      Optional<Partitioning> partitioning,
      Optional<String> engine,
      Map<String, String> options,
      String comment,
      boolean ifNotExists)
      implements Statement {}

  /**
   * {@code CREATE TABLE … AS query}; the table's columns are those that the text declares.
   *
   * @param mode what happens to rows whose key is there already
   */
  record CreateTableAs(CreateTable table, SqlNode query, InsertMode mode) implements Statement {}

  /** The columns do not matter: an index has no effect. */
  record CreateIndex(String name, SqlIdentifier table, boolean ifNotExists) implements Statement {}

  /**
   * @param table empty where the text names none, which MySQL does not allow and others do
   */
  record DropIndex(String name, Optional<SqlIdentifier> table, boolean ifExists)
      implements Statement {}

  record CreateTableLike(SqlIdentifier name, SqlIdentifier source, boolean ifNotExists)
      implements Statement {}

  /** Changes of one table, in order. */
  record AlterTable(SqlIdentifier name, List<Alteration> alterations) implements Statement {}

  /** {@code RENAME TABLE from TO to, ...}. */
  record RenameTables(List<Renaming> renamings) implements Statement {}

  /** One table's new name. */
  record Renaming(SqlIdentifier from, SqlIdentifier to) {}

  record DropTable(List<SqlIdentifier> names, boolean ifExists) implements Statement {}

  /**
   * @param start where the query begins; its own position may lie behind, at its ORDER BY
   * @param definition the query as written, once it is known
   */
  record CreateView(
      SqlIdentifier name,
      List<String> columns,
      SqlNode query,
      SqlParserPos start,
      String definition,
      boolean orReplace,
      boolean ifNotExists)
      implements Statement {}

  record DropView(List<SqlIdentifier> names, boolean ifExists) implements Statement {}

  /**
   * @param target the table or view or function, where the kind has one
   * @param database of FROM or IN
   * @param like pattern of LIKE
   * @param where condition over the result's columns
   */
  record Show(
      ShowKind kind,
      boolean full,
      boolean global,
      Optional<SqlIdentifier> target,
      Optional<String> database,
      Optional<String> like,
      Optional<SqlNode> where)
      implements Statement {}

  record Describe(SqlIdentifier table, Optional<String> column) implements Statement {}

  record Use(String database) implements Statement {}

  /** Where an assignment of SET goes. */
  enum VariableScope {
    SESSION,
    GLOBAL,
    USER
  }

  /** {@code value} is empty for DEFAULT. */
  record VariableAssignment(VariableScope scope, String name, Optional<SqlNode> value) {}

  record SetVariables(List<VariableAssignment> assignments) implements Statement {}

  /** What a transaction statement does; savepoints do nothing here. */
  enum TransactionAction {
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT
  }

  record Transaction(TransactionAction action) implements Statement {}

  /** {@code connection}: the connection too, not only its statement. */
  record Kill(SqlNode id, boolean connection) implements Statement {}

  /** The text is a string literal or a user variable. */
  record Prepare(String name, SqlNode text) implements Statement {}

  record Execute(String name, List<SqlNode> arguments) implements Statement {}

  record Deallocate(String name) implements Statement {}

  /**
   * {@code ADMIN function(arguments, name => value)}; the result's column is named like {@code
   * text}.
   *
   * @param options by name, in lower case
   */
  record Admin(String function, List<SqlNode> arguments, Map<String, SqlNode> options, String text)
      implements Statement {}

  /** Accepted, because tools send it, and without effect. */
  record NoEffect(String what) implements Statement {}

  /** Understood, but not done. */
  record Unsupported(String what) implements Statement {}
}
