package io.terrane.query.show;

import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.FrontendView;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.api.table.VirtualTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What SHOW reads.
 *
 * @param database the session's, empty if none
 * @param frontend variables, status and sessions
 * @param problems the last statement's warnings and errors
 * @param client whose session it is
 * @param views columns of a view
 */
public record ShowContext(
    CatalogSnapshot catalog,
    List<VirtualTable> systemTables,
    String database,
    FrontendView frontend,
    List<Problem> problems,
    ClientInfo client,
    Function<ViewInfo, List<ColumnSchema>> views) {

  /** The columns of a view, as planning its query tells them. */
  Optional<List<ColumnSchema>> viewColumns(TableName name) {
    return catalog.findView(name).map(views);
  }

  /** A line of SHOW WARNINGS; level Note, Warning or Error. */
  public record Problem(String level, int code, String message) {}
}
