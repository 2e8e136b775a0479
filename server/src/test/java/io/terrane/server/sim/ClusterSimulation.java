package io.terrane.server.sim;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.sql.SqlSession;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * One run of a cluster under clients, moves and faults that follow from a seed: everything is real
 * but network, log, bucket, clocks and threads. Afterwards all is repaired; then every procedure
 * must end, every region must take writes, and everything that clients were told must be so.
 */
final class ClusterSimulation {
  private static final int METASRVS = 3;
  private static final int DATANODES = 3;
  private static final int FRONTENDS = 2;
  private static final Duration LENGTH = Duration.ofSeconds(40);
  private static final Duration RECOVERY = Duration.ofMinutes(3);
  private static final int MOVE_PAUSE_MILLIS = 4_000;

  private final long seed;
  private List<String> trace = List.of();
  private int statements;
  private int failures;
  private int stale;
  private int moves;
  private boolean recovering;

  ClusterSimulation(long seed) {
    this.seed = seed;
  }

  /** Throws an AssertionError that names the seed and what happened. */
  ClusterSimulation run() {
    SimulatedCluster cluster = new SimulatedCluster(seed, METASRVS, DATANODES, FRONTENDS);
    try {
      run(cluster);
      cluster.close();
      return this;
    } catch (RuntimeException | AssertionError failure) {
      String again = "mvn -pl server test -Dtest=ClusterSimulationTest -Dsimulation.seed=" + seed;
      throw cluster.failed("seed " + seed + " (again: " + again + ")", failure);
    }
  }

  private void run(SimulatedCluster cluster) {
    trace = cluster.trace();
    Workload workload = new Workload(cluster);
    workload.createTables();
    cluster.note("the tables are there");
    Nemesis nemesis = new Nemesis(cluster, DATANODES);
    workload.start();
    startMoves(cluster);
    nemesis.start();
    cluster.run(LENGTH);
    nemesis.stop();
    recovering = true;
    workload.stop();
    workload.awaitEnd(RECOVERY);
    cluster.awaitProcedures(RECOVERY);
    cluster.note("clients and procedures have ended");
    workload.check();
    statements = workload.statements();
    failures = workload.failures().size();
    stale = workload.staleReads();
    cluster.note(statements + " statements, " + failures + " failed, " + stale + " stale reads");
  }

  private void startMoves(SimulatedCluster cluster) {
    Random random = cluster.random();
    cluster
        .world()
        .schedule(
            Duration.ofMillis(random.nextInt(MOVE_PAUSE_MILLIS)),
            () -> {
              if (!recovering) {
                move(cluster);
                startMoves(cluster);
              }
            });
  }

  private void move(SimulatedCluster cluster) {
    Random random = cluster.random();
    SimulatedFrontend frontend = cluster.frontends().get(random.nextInt(FRONTENDS));
    List<RegionRoute> regions =
        frontend.catalog().routes().stream()
            .flatMap(table -> table.regions().stream())
            .sorted(Comparator.comparing(RegionRoute::region))
            .toList();
    RegionRoute route = regions.get(random.nextInt(regions.size()));
    long to = 1 + (route.leader().value() + random.nextInt(DATANODES - 1)) % DATANODES;
    String sql =
        "SELECT migrate_region(%d, %d, %d, 20)"
            .formatted(route.region().value(), route.leader().value(), to);
    Fiber.start(
        frontend.process(),
        () -> {
          try (SqlSession session = frontend.connect()) {
            SimulatedFrontend.run(session, sql);
            moves++;
            cluster.note(sql);
          } catch (TerraneException refused) {
            cluster.note(sql + ": " + refused.getMessage());
          }
        });
  }

  List<String> trace() {
    return trace;
  }

  @Override
  public String toString() {
    return "seed %d: %d statements, %d failed, %d stale reads, %d moves"
        .formatted(seed, statements, failures, stale, moves);
  }
}
