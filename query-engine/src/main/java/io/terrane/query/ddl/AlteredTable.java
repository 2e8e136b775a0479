package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.Alteration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlIdentifier;

/** A table while the changes of an ALTER TABLE are applied to it, one after the other. */
final class AlteredTable {
  private final TableInfo before;
  private final String database;
  private final AlteredColumns columns;
  private final Map<String, String> options;
  private TableName name;
  private String comment;

  /**
   * @param database the session's
   */
  AlteredTable(ExecutionContext context, TableInfo before, String database) {
    this.before = before;
    this.database = database;
    this.columns = new AlteredColumns(context, before);
    this.options = new TreeMap<>(before.options());
    this.name = before.name();
    this.comment = before.comment();
  }

  /** The table under its next schema version. */
  TableInfo after(List<Alteration> alterations) {
    alterations.forEach(this::apply);
    return new TableInfo(
        before.id(),
        name,
        columns.schema(),
        before.partitionRule(),
        before.engine(),
        options,
        comment,
        before.createdAt());
  }

  /** A table under its next schema version, as it is. */
  static TableInfo unchanged(TableInfo table) {
    TableSchema schema = table.schema();
    return new TableInfo(
        table.id(),
        table.name(),
        new TableSchema(
            schema.version() + 1, schema.columns(), schema.primaryKey(), schema.timeIndex()),
        table.partitionRule(),
        table.engine(),
        table.options(),
        table.comment(),
        table.createdAt());
  }

  /** Whether nothing but the schema's version differs. */
  static boolean same(TableInfo before, TableInfo after) {
    return after.name().equals(before.name())
        && after.comment().equals(before.comment())
        && after.options().equals(before.options())
        && after.schema().columns().equals(before.schema().columns());
  }

  private void apply(Alteration alteration) {
    if (alteration instanceof Alteration.AddColumn add) {
      columns.add(add);
    } else if (alteration instanceof Alteration.DropColumn drop) {
      columns.drop(drop);
    } else if (alteration instanceof Alteration.ChangeColumn change) {
      columns.change(change);
    } else if (alteration instanceof Alteration.RenameColumn rename) {
      columns.rename(rename.name(), rename.newName());
    } else if (alteration instanceof Alteration.SetDefault set) {
      columns.setDefault(set);
    } else if (alteration instanceof Alteration.SetIndex set) {
      columns.setIndex(set);
    } else if (alteration instanceof Alteration.UnsetIndex unset) {
      columns.unsetIndex(unset);
    } else if (alteration instanceof Alteration.RenameTable rename) {
      rename(rename.newName());
    } else if (alteration instanceof Alteration.SetOptions set) {
      setOptions(set.options());
    } else if (alteration instanceof Alteration.UnsetOptions unset) {
      unset.keys().forEach(TableOptions::checkKey);
      unset.keys().forEach(options::remove);
    } else if (alteration instanceof Alteration.SetComment set) {
      comment = set.comment();
    } else if (alteration instanceof Alteration.Unsupported unsupported) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED, unsupported.what() + " is not supported yet");
    }
  }

  private void rename(SqlIdentifier newName) {
    TableName given = Names.checkedWritable(Names.table(newName, database));
    name = new TableName(given.database(), Names.checkedNew("table", given.table()));
  }

  private void setOptions(Map<String, String> given) {
    Map<String, String> checked = TableOptions.checked(given);
    boolean wasAppendOnly = before.isAppendOnly();
    if (wasAppendOnly && "false".equalsIgnoreCase(checked.get("append_mode"))) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "append_mode of '" + before.name() + "' cannot be turned off: its rows are not unique");
    }
    options.putAll(checked);
    TableOptions.checkTogether(options);
  }
}
