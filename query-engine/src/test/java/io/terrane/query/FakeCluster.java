package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureRequest.AlterDatabase;
import io.terrane.api.procedure.ProcedureRequest.AlterTable;
import io.terrane.api.procedure.ProcedureRequest.CreateDatabase;
import io.terrane.api.procedure.ProcedureRequest.CreateTable;
import io.terrane.api.procedure.ProcedureRequest.CreateView;
import io.terrane.api.procedure.ProcedureRequest.DropDatabase;
import io.terrane.api.procedure.ProcedureRequest.DropTable;
import io.terrane.api.procedure.ProcedureRequest.DropView;
import io.terrane.api.procedure.ProcedureRequest.MigrateRegion;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.TableRoute;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A catalogue in memory whose procedures are done at once; migrations only leave an entry. */
final class FakeCluster implements CatalogService, ProcedureService {
  private final Map<ProcedureId, ProcedureInfo> procedures = new LinkedHashMap<>();
  private final Map<String, DatabaseInfo> databases = new HashMap<>();
  private final Map<TableId, TableInfo> tables = new HashMap<>();
  private final Map<TableId, ViewInfo> views = new HashMap<>();
  private final Map<TableId, TableRoute> routes = new HashMap<>();
  private final List<ProcedureRequest> requests = new ArrayList<>();
  private long version;
  private int nextTable = TableId.FIRST_USER_TABLE;

  FakeCluster() {
    databases.put(
        TableName.DEFAULT_DATABASE,
        new DatabaseInfo(TableName.DEFAULT_DATABASE, Map.of(), Instant.EPOCH));
  }

  /** All that was asked for, in order. */
  List<ProcedureRequest> requests() {
    return requests;
  }

  void put(ProcedureInfo info) {
    procedures.put(info.id(), info);
  }

  @Override
  public synchronized CatalogSnapshot snapshot() {
    return new CatalogSnapshot(version, databases, tables, views, routes);
  }

  @Override
  public CompletableFuture<CatalogSnapshot> latest() {
    return CompletableFuture.completedFuture(snapshot());
  }

  @Override
  public CompletableFuture<CatalogSnapshot> newerThan(long than, Duration timeout) {
    return CompletableFuture.completedFuture(snapshot());
  }

  @Override
  public synchronized CompletableFuture<ProcedureId> submit(
      ProcedureRequest request, String idempotencyKey) {
    requests.add(request);
    ProcedureId id = new ProcedureId(new UUID(7, requests.size()));
    try {
      apply(request);
    } catch (TerraneException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    version++;
    procedures.put(
        id,
        info(
            id, request instanceof MigrateRegion ? ProcedureStatus.RUNNING : ProcedureStatus.DONE));
    return CompletableFuture.completedFuture(id);
  }

  @Override
  public CompletableFuture<ProcedureInfo> cancel(ProcedureId id, String askedBy) {
    return CompletableFuture.completedFuture(info(id, ProcedureStatus.ROLLING_BACK));
  }

  @Override
  public CompletableFuture<MigrationPlan> explain(MigrateRegion move) {
    return CompletableFuture.completedFuture(
        new MigrationPlan(
            List.of(
                new MigrationPlan.Check("region exists", Optional.empty()),
                new MigrationPlan.Check("no other move", Optional.of("\"one\" runs"))),
            7,
            -1,
            -1,
            Duration.ofMillis(2),
            Optional.empty()));
  }

  private ProcedureInfo info(ProcedureId id, ProcedureStatus status) {
    return new ProcedureInfo(
        id,
        "fake",
        status,
        "step",
        Optional.empty(),
        Optional.empty(),
        Instant.EPOCH,
        Optional.empty(),
        List.of(),
        version);
  }

  private void apply(ProcedureRequest request) {
    if (request instanceof CreateDatabase create) {
      if (databases.containsKey(create.name())) {
        if (create.ifNotExists()) {
          return;
        }
        throw new TerraneException(
            ErrorCode.DATABASE_EXISTS,
            "Can't create database '" + create.name() + "'; database exists");
      }
      databases.put(
          create.name(), new DatabaseInfo(create.name(), create.options(), Instant.EPOCH));
    } else if (request instanceof AlterDatabase alter) {
      DatabaseInfo present =
          snapshot()
              .findDatabase(alter.name())
              .orElseThrow(
                  () ->
                      new TerraneException(
                          ErrorCode.DATABASE_NOT_FOUND, "Unknown database '" + alter.name() + "'"));
      Map<String, String> options = new TreeMap<>(present.options());
      options.putAll(alter.set());
      alter.unset().forEach(options::remove);
      databases.put(present.name(), new DatabaseInfo(present.name(), options, Instant.EPOCH));
    } else if (request instanceof DropDatabase drop) {
      if (databases.remove(drop.name()) == null && !drop.ifExists()) {
        throw new TerraneException(
            ErrorCode.DATABASE_NOT_FOUND, "Unknown database '" + drop.name() + "'");
      }
    } else if (request instanceof CreateTable create) {
      createTable(create);
    } else if (request instanceof AlterTable alter) {
      TableInfo present = tables.get(alter.altered().id());
      if (present.schema().version() != alter.baseVersion()) {
        throw new TerraneException(ErrorCode.CONFLICT, "altered meanwhile");
      }
      tables.put(present.id(), alter.altered());
    } else if (request instanceof DropTable drop) {
      tables.values().removeIf(table -> table.name().equals(drop.name()));
    } else if (request instanceof CreateView create) {
      TableId id = new TableId(nextTable++);
      views.values().removeIf(view -> view.name().equals(create.name()));
      views.put(
          id,
          new ViewInfo(
              id,
              create.name(),
              create.definition(),
              create.database(),
              create.columns(),
              Instant.EPOCH));
    } else if (request instanceof DropView drop) {
      views.values().removeIf(view -> view.name().equals(drop.name()));
    }
  }

  private void createTable(CreateTable create) {
    if (snapshot().findTable(create.name()).isPresent()) {
      if (create.ifNotExists()) {
        return;
      }
      throw new TerraneException(
          ErrorCode.TABLE_EXISTS, "Table '" + create.name().table() + "' already exists");
    }
    TableId id = new TableId(nextTable++);
    tables.put(
        id,
        new TableInfo(
            id,
            create.name(),
            create.schema(),
            create.partitionRule(),
            create.engine(),
            create.options(),
            create.comment(),
            Instant.EPOCH));
    List<RegionRoute> regions = new ArrayList<>();
    for (int number = 0; number < create.partitionRule().regionCount(); number++) {
      regions.add(
          new RegionRoute(
              RegionId.of(id, number),
              new NodeId(number),
              RegionEpoch.FIRST,
              LeaderState.ALIVE,
              Optional.empty(),
              0));
    }
    routes.put(id, new TableRoute(id, RouteVersion.FIRST, regions));
  }

  @Override
  public CompletableFuture<Optional<ProcedureInfo>> find(ProcedureId id) {
    return CompletableFuture.completedFuture(Optional.ofNullable(procedures.get(id)));
  }

  @Override
  public CompletableFuture<List<ProcedureInfo>> list() {
    return CompletableFuture.completedFuture(List.copyOf(procedures.values()));
  }

  @Override
  public CompletableFuture<ProcedureInfo> await(ProcedureId id, Duration timeout) {
    return CompletableFuture.completedFuture(procedures.get(id));
  }
}
