package io.terrane.server.sim;

import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.sql.SqlSession;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/**
 * One cell of the fault matrix: a region moves, because somebody asked for it, because its datanode
 * died or because that is drained, under writers and readers; when the move enters a step, one
 * thing goes wrong. Then everything is repaired, the move must end, and all is read back.
 */
final class FaultCell {
  /** The states of a migration. */
  enum Step {
    OpenCandidate,
    FlushLeader,
    CatchUp,
    DowngradeLeader,
    UpgradeCandidate,
    CloseOldLeader
  }

  /** Why the region moves. */
  enum Occasion {
    PLANNED,
    FAILOVER,
    DRAIN
  }

  /** What goes wrong. The source is where the region was, the target where it goes. */
  enum Fault {
    NOTHING,
    KILL_SOURCE,
    KILL_TARGET,
    KILL_METASRV,
    PAUSE_SOURCE,
    PAUSE_TARGET,
    PAUSE_METASRV,
    PAUSE_FRONTEND,
    CUT_SOURCE_METASRV,
    CUT_TARGET_METASRV,
    CUT_SOURCE_FRONTENDS,
    CUT_TARGET_FRONTENDS,
    BAD_NETWORK,
    BAD_LOG,
    SLOW_LOG,
    BAD_STORE,
    SLOW_STORE
  }

  private static final int METASRVS = 3;
  private static final int DATANODES = 3;
  private static final int FRONTENDS = 2;
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration STEP_MAX = Duration.ofSeconds(25);
  private static final Duration LOOK = Duration.ofNanos(200_000);
  private static final Duration LENGTH = Duration.ofSeconds(7);
  private static final Duration RECOVERY = Duration.ofMinutes(3);

  private final Occasion occasion;
  private final Step step;
  private final Fault fault;
  private final SimulatedCluster cluster;
  private final Workload workload;
  private final Nemesis nemesis;
  private RegionId region;
  private NodeId source;
  private NodeId target;

  FaultCell(Occasion occasion, Step step, Fault fault) {
    this.occasion = occasion;
    this.step = step;
    this.fault = fault;
    long seed = (occasion.ordinal() * 100L + step.ordinal()) * 100 + fault.ordinal();
    this.cluster = new SimulatedCluster(seed, METASRVS, DATANODES, FRONTENDS);
    this.workload = new Workload(cluster);
    this.nemesis = new Nemesis(cluster, DATANODES);
  }

  /** What is to be written into the table; an AssertionError if anything is not as it must be. */
  String run() {
    try {
      String result = outcome();
      cluster.close();
      return result;
    } catch (RuntimeException | AssertionError failure) {
      throw cluster.failed(toString(), failure);
    }
  }

  private String outcome() {
    workload.createTables();
    workload.start();
    cluster.run(WARM_UP);
    RegionRoute route =
        cluster.frontends().get(0).catalog().routes().stream()
            .flatMap(table -> table.regions().stream())
            .min(Comparator.comparing(RegionRoute::region))
            .orElseThrow();
    region = route.region();
    source = route.leader();
    target = new NodeId(1 + source.value() % DATANODES);
    switch (occasion) {
      case PLANNED ->
          ask(
              "SELECT migrate_region(%d, %d, %d, 20)"
                  .formatted(region.value(), source.value(), target.value()));
      case FAILOVER -> nemesis.killDatanode(source, Duration.ofHours(1));
      case DRAIN -> ask("SELECT drain_datanode(%d)".formatted(source.value()));
    }
    boolean reached = awaitStep();
    cluster.note(reached ? "the move is at " + step : "the move never is at " + step);
    if (reached) {
      strike();
      cluster.run(LENGTH);
    }
    nemesis.stop();
    cluster.run(Duration.ofSeconds(1));
    workload.stop();
    workload.awaitEnd(RECOVERY);
    cluster.awaitProcedures(RECOVERY);
    workload.check();
    return reached ? "%s%d ms".formatted(failed(), workload.longest().toMillis()) : "–";
  }

  private String failed() {
    int failures = workload.failures().size();
    if (failures > 0 && fault == Fault.NOTHING) {
      throw new AssertionError("without a fault statements failed: " + workload.failures());
    }
    return failures == 0 ? "" : failures + " failed, ";
  }

  private void ask(String sql) {
    SimulatedFrontend frontend = cluster.frontends().get(0);
    Fiber.start(
        frontend.process(),
        () -> {
          try (SqlSession session = frontend.connect()) {
            SimulatedFrontend.run(session, sql);
          } catch (TerraneException e) {
            cluster.note(sql + ": " + e.getMessage());
          }
        });
  }

  /** Looks at the leader's procedures until the move is at the step; false if it ended before. */
  private boolean awaitStep() {
    long end = cluster.world().nanos() + STEP_MAX.toNanos();
    while (cluster.world().nanos() < end) {
      Optional<ProcedureInfo> move = move();
      if (move.isPresent() && move.get().step().equals(step.name())) {
        target = move.get().migration().map(MigrationInfo::to).orElse(target);
        return true;
      }
      if (move.isPresent() && move.get().status().isFinal()) {
        return false;
      }
      cluster.run(LOOK);
    }
    return false;
  }

  private Optional<ProcedureInfo> move() {
    return cluster.leader().stream()
        .mapToObj(leader -> cluster.metasrv(leader).metasrv().list().join())
        .flatMap(all -> all.stream())
        .filter(procedure -> procedure.lockKeys().toString().contains("region " + region.value()))
        .filter(procedure -> procedure.type().contains("Migration"))
        .findFirst();
  }

  private void strike() {
    String from = "datanode-" + source;
    String to = "datanode-" + target;
    int leader = cluster.leader().orElse(0);
    switch (fault) {
      case NOTHING -> cluster.note("nothing goes wrong");
      case KILL_SOURCE -> nemesis.killDatanode(source, LENGTH);
      case KILL_TARGET -> nemesis.killDatanode(target, LENGTH);
      case KILL_METASRV -> nemesis.killMetasrv(leader, LENGTH);
      case PAUSE_SOURCE -> nemesis.pause(from, LENGTH);
      case PAUSE_TARGET -> nemesis.pause(to, LENGTH);
      case PAUSE_METASRV -> nemesis.pause("metasrv-" + leader, LENGTH);
      case PAUSE_FRONTEND -> nemesis.pause("frontend-1", LENGTH);
      case CUT_SOURCE_METASRV -> cutFromMetasrvs(from);
      case CUT_TARGET_METASRV -> cutFromMetasrvs(to);
      case CUT_SOURCE_FRONTENDS -> cutFromFrontends(from);
      case CUT_TARGET_FRONTENDS -> cutFromFrontends(to);
      case BAD_NETWORK -> {
        cluster.network().trouble(20);
        nemesis.later(LENGTH, () -> cluster.network().trouble(0));
      }
      case BAD_LOG -> nemesis.trouble("log", cluster.logTrouble(), 30, 0, LENGTH);
      case SLOW_LOG -> nemesis.trouble("log", cluster.logTrouble(), 0, 1_000, LENGTH);
      case BAD_STORE -> nemesis.trouble("store", cluster.storeTrouble(), 50, 0, LENGTH);
      case SLOW_STORE -> nemesis.trouble("store", cluster.storeTrouble(), 0, 1_000, LENGTH);
    }
  }

  private void cutFromMetasrvs(String datanode) {
    for (int number = 0; number < METASRVS; number++) {
      nemesis.partition(datanode, "metasrv-" + number, LENGTH);
    }
  }

  private void cutFromFrontends(String datanode) {
    for (int number = 1; number <= FRONTENDS; number++) {
      nemesis.partition(datanode, "frontend-" + number, LENGTH);
    }
  }

  @Override
  public String toString() {
    return occasion + " " + step + " " + fault;
  }
}
