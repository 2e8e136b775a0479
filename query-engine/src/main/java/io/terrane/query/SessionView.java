package io.terrane.query;

import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.FrontendView;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.SessionInfo;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.ViewInfo;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.SqlParsing;
import io.terrane.query.plan.PlanContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine and its sessions as one of them sees them. */
record SessionView(QueryEngine engine, SessionState state) implements FrontendView {
  private static final Logger LOG = LoggerFactory.getLogger(SessionView.class);

  @Override
  public List<SessionInfo> sessions() {
    long now = engine.runtime().ticker().nanos();
    return engine.sessions().stream()
        .map(session -> session.info(now))
        .sorted(Comparator.comparingLong(SessionInfo::id))
        .toList();
  }

  @Override
  public Map<String, String> status() {
    List<SessionInfo> sessions = sessions();
    Map<String, String> status = new TreeMap<>();
    status.put("Connections", Long.toString(engine.counters().connections()));
    status.put("Queries", Long.toString(engine.counters().statements()));
    status.put("Questions", Long.toString(engine.counters().statements()));
    status.put("Ssl_cipher", "");
    status.put("Ssl_version", "");
    status.put("Threads_connected", Integer.toString(sessions.size()));
    status.put(
        "Threads_running", Long.toString(sessions.stream().filter(SessionInfo::isRunning).count()));
    status.put("Uptime", Long.toString(engine.uptimeSeconds()));
    return status;
  }

  @Override
  public Map<String, String> variables() {
    return state.variables().shown();
  }

  @Override
  public Map<String, String> globalVariables() {
    return state.variables().shownGlobally();
  }

  @Override
  public Optional<List<ColumnSchema>> columns(ViewInfo view) {
    try {
      return Optional.of(planned(view));
    } catch (TerraneException broken) {
      LOG.debug("view {} has no columns", view.name(), broken);
      return Optional.empty();
    }
  }

  /** As {@link #columns}, but fails as a query of the view would. */
  List<ColumnSchema> planned(ViewInfo view) {
    SqlNode query = SqlParsing.parseQuery(view.definition(), MySqlLexis.DEFAULT);
    List<ResultColumn> columns =
        engine
            .planner()
            .query(query, new PlanContext(engine.ports().catalog().snapshot(), view.database()))
            .columns();
    List<ColumnSchema> schema = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = view.columns().isEmpty() ? columns.get(i).name() : view.columns().get(i);
      schema.add(ColumnSchema.field(i, name, columns.get(i).type()));
    }
    return schema;
  }
}
