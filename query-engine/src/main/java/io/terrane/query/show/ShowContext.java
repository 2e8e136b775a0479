package io.terrane.query.show;

import io.terrane.api.sql.ClientInfo;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.api.table.VirtualTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What SHOW reads.
 *
 * @param database the session's, empty if none
 * @param variables name and printed value, in order of name
 * @param status name and value of SHOW STATUS
 * @param problems the last statement's warnings and errors
 * @param sessions of this node
 * @param client whose session it is
 * @param views columns of a view
 */
public record ShowContext(
    CatalogSnapshot catalog,
    List<VirtualTable> systemTables,
    String database,
    Map<String, String> variables,
    Map<String, String> status,
    List<Problem> problems,
    List<SessionLine> sessions,
    ClientInfo client,
    Function<ViewInfo, List<ColumnSchema>> views) {

  /** The columns of a view, as planning its query tells them. */
  Optional<List<ColumnSchema>> viewColumns(TableName name) {
    return catalog.findView(name).map(views);
  }

  /** A line of SHOW WARNINGS; level Note, Warning or Error. */
  public record Problem(String level, int code, String message) {}

  /** A line of SHOW PROCESSLIST. */
  public record SessionLine(
      long id,
      String user,
      String host,
      String database,
      String command,
      long seconds,
      String statement) {}
}
