package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.SqlService;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableName;
import io.terrane.query.ddl.DdlExecutor;
import io.terrane.query.ddl.IndexNames;
import io.terrane.query.ddl.Names;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.function.ScalarFunction;
import io.terrane.query.function.admin.AdminFunctions;
import io.terrane.query.function.builtin.BuiltinFunctions;
import io.terrane.query.session.GlobalVariables;
import io.terrane.query.session.SessionVariables;
import io.terrane.query.spill.SpillSpace;
import io.terrane.query.write.WriteStalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SQL service of a frontend: sessions over one catalogue, one planner, one registry. */
public final class QueryEngine implements SqlService {
  private static final Logger SLOW = LoggerFactory.getLogger("io.terrane.query.slow");

  private final QueryConfig config;
  private final QueryPorts ports;
  private final QueryRuntime runtime;
  private final GlobalVariables globals;
  private final AdminFunctions adminFunctions;
  private final FunctionRegistry functions;
  private final StatementPlanner planner;
  private final DdlExecutor ddl;
  private final Map<Long, QuerySession> sessions = new ConcurrentHashMap<>();
  private final IndexNames indexes;
  private final EngineCounters counters = new EngineCounters();
  private final WriteStalls writeStalls = new WriteStalls();
  private final SlowStatements slowStatements;
  private final SpillSpace spill;
  private final long startedNanos;

  public QueryEngine(QueryConfig config, QueryPorts ports, QueryRuntime runtime) {
    this.config = config;
    this.ports = ports;
    this.runtime = runtime;
    this.globals = new GlobalVariables(config.version(), config.sqlMode());
    this.adminFunctions =
        new AdminFunctions(
            ports.catalog(),
            ports.procedures(),
            ports.datanodes(),
            runtime.random(),
            config.catalogTimeout());
    this.functions = registry(adminFunctions);
    this.planner = new PlannerAdapter(config, ports, runtime, functions, writeStalls);
    this.ddl =
        new DdlExecutor(
            ports.catalog(), ports.procedures(), runtime.random(), config.catalogTimeout());
    this.indexes = new IndexNames(ports.catalog());
    this.slowStatements = new SlowStatements(config.slowStatementMin(), SLOW::info);
    this.spill = spillSpace(config);
    this.startedNanos = runtime.ticker().nanos();
  }

  private static SpillSpace spillSpace(QueryConfig config) {
    Path folder =
        config.spillFolder().isEmpty()
            ? Path.of(System.getProperty("java.io.tmpdir"), "terrane-spill")
            : Path.of(config.spillFolder());
    return new SpillSpace(folder, config.spillBytesMax());
  }

  SpillSpace spill() {
    return spill;
  }

  private static FunctionRegistry registry(AdminFunctions admin) {
    List<ScalarFunction> scalars = new ArrayList<>(BuiltinFunctions.scalars());
    scalars.addAll(admin.scalars());
    return new FunctionRegistry(scalars, BuiltinFunctions.aggregates());
  }

  SlowStatements slowStatements() {
    return slowStatements;
  }

  /** How long writes were held here while their regions moved. */
  public WriteStalls writeStalls() {
    return writeStalls;
  }

  @Override
  public SqlSession open(ClientInfo client) {
    return open(client, () -> {});
  }

  @Override
  public SqlSession open(ClientInfo client, Runnable disconnect) {
    String database =
        client
            .database()
            .filter(name -> !name.isEmpty())
            .map(this::database)
            .orElse(TableName.DEFAULT_DATABASE);
    SessionState state = new SessionState(client, new SessionVariables(globals), database);
    QuerySession session = new QuerySession(this, state, disconnect);
    sessions.put(client.connectionId(), session);
    counters.connected();
    return session;
  }

  /** The stored name of a database; DATABASE_NOT_FOUND if there is none. */
  String database(String name) {
    // Drivers name a catalogue and a database in one: greptime-public.
    String prefix = TableName.CATALOG + "-";
    String plain = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    if (Names.isSystem(plain)) {
      return TableName.INFORMATION_SCHEMA;
    }
    CatalogSnapshot snapshot = ports.catalog().snapshot();
    return snapshot
        .findDatabase(plain)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.DATABASE_NOT_FOUND, "Unknown database '" + name + "'"))
        .name();
  }

  void closed(QuerySession session) {
    sessions.remove(session.state().client().connectionId(), session);
  }

  Optional<QuerySession> session(long id) {
    return Optional.ofNullable(sessions.get(id));
  }

  Collection<QuerySession> sessions() {
    return sessions.values();
  }

  EngineCounters counters() {
    return counters;
  }

  long uptimeSeconds() {
    return (runtime.ticker().nanos() - startedNanos) / 1_000_000_000L;
  }

  QueryConfig config() {
    return config;
  }

  QueryPorts ports() {
    return ports;
  }

  QueryRuntime runtime() {
    return runtime;
  }

  AdminFunctions adminFunctions() {
    return adminFunctions;
  }

  FunctionRegistry functions() {
    return functions;
  }

  StatementPlanner planner() {
    return planner;
  }

  IndexNames indexes() {
    return indexes;
  }

  DdlExecutor ddl() {
    return ddl;
  }
}
