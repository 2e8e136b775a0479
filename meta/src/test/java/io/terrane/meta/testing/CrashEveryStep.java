package io.terrane.meta.testing;

import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Runs one procedure over and over on fresh clusters. Each time something happens to another of the
 * metadata log's appends: the metasrv dies before it, dies after it, or the append's answer is
 * lost; and in a second round the metasrv dies at each millisecond. A new metasrv takes over, the
 * request is sent again with its key as a client would, and the end must be as without the fault.
 *
 * <p>Watched all the time: no region has two leaders that acknowledge, and epochs never go back.
 */
public final class CrashEveryStep {
  private static final String KEY = "the-key";

  private final Consumer<SimulatedMetasrv> prepare;
  private final ProcedureRequest request;
  private final BiConsumer<SimulatedMetasrv, ProcedureInfo> check;

  private CrashEveryStep(
      Consumer<SimulatedMetasrv> prepare,
      ProcedureRequest request,
      BiConsumer<SimulatedMetasrv, ProcedureInfo> check) {
    this.prepare = prepare;
    this.request = request;
    this.check = check;
  }

  /**
   * @param prepare makes the state before, and the faults that lead to a rollback
   * @param check asserts the state after
   */
  public static void verify(
      Consumer<SimulatedMetasrv> prepare,
      ProcedureRequest request,
      BiConsumer<SimulatedMetasrv, ProcedureInfo> check) {
    CrashEveryStep runs = new CrashEveryStep(prepare, request, check);
    SimulatedMetasrv calm = runs.prepared();
    long before = calm.log.appends();
    long beganNanos = calm.scheduler.nanos();
    runs.runToTheEnd(calm, "without any fault");
    long appends = calm.log.appends() - before;
    long millis = Math.min(200, (calm.scheduler.nanos() - beganNanos) / 1_000_000);
    for (long append = 1; append <= appends; append++) {
      for (FaultyLog.Fault fault : FaultyLog.Fault.values()) {
        runs.runWith(append, fault);
      }
    }
    for (long milli = 0; milli < millis; milli++) {
      runs.runWithCrashAt(milli);
    }
  }

  private SimulatedMetasrv prepared() {
    SimulatedMetasrv cluster = SimulatedMetasrv.withDatanodes(3);
    prepare.accept(cluster);
    watch(cluster);
    return cluster;
  }

  private void runWith(long append, FaultyLog.Fault fault) {
    SimulatedMetasrv cluster = prepared();
    cluster.log.onCrash(() -> crashAndRestart(cluster));
    cluster.log.failAppend(append, fault);
    runToTheEnd(cluster, fault + " at append " + append);
  }

  private void runWithCrashAt(long milli) {
    SimulatedMetasrv cluster = prepared();
    cluster.scheduler.schedule(Duration.ofMillis(milli), () -> crashAndRestart(cluster));
    runToTheEnd(cluster, "crash after " + milli + " ms");
  }

  private static void crashAndRestart(SimulatedMetasrv cluster) {
    cluster.crash();
    cluster.scheduler.schedule(Duration.ofMillis(700), cluster::startWithoutWaiting);
  }

  private void runToTheEnd(SimulatedMetasrv cluster, String what) {
    try {
      ProcedureId id = submitUntilAnswered(cluster);
      ProcedureInfo info = awaitEnd(cluster, id);
      cluster.run(Duration.ofSeconds(10));
      check.accept(cluster, info);
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(what + ": " + failure.getMessage(), failure);
    }
  }

  private ProcedureId submitUntilAnswered(SimulatedMetasrv cluster) {
    for (int tries = 0; tries < 100; tries++) {
      CompletableFuture<ProcedureId> submitted = cluster.metasrv().submit(request, KEY);
      cluster.run(Duration.ofMillis(500));
      if (submitted.isDone() && !submitted.isCompletedExceptionally()) {
        return submitted.join();
      }
    }
    throw new AssertionError("no id for " + request);
  }

  private static ProcedureInfo awaitEnd(SimulatedMetasrv cluster, ProcedureId id) {
    for (int tries = 0; tries < 1000; tries++) {
      ProcedureInfo info =
          cluster
              .metasrv()
              .find(id)
              .handle((found, failure) -> failure == null ? found.orElse(null) : null)
              .getNow(null);
      if (info != null && info.status().isFinal()) {
        return info;
      }
      cluster.run(Duration.ofMillis(500));
    }
    throw new AssertionError("has not ended: " + cluster.await(cluster.metasrv().find(id)));
  }

  private static void watch(SimulatedMetasrv cluster) {
    Map<RegionId, Long> epochs = new HashMap<>();
    cluster.afterEachTick(
        () ->
            cluster.metasrv().snapshot().routes().stream()
                .flatMap(route -> route.regions().stream())
                .forEach(route -> checkRegion(cluster, route, epochs)));
  }

  private static void checkRegion(
      SimulatedMetasrv cluster, RegionRoute route, Map<RegionId, Long> epochs) {
    int writable = cluster.datanodes.writableLeaders(route.region()).size();
    if (writable > 1) {
      throw new AssertionError(route.region() + " has " + writable + " leaders that acknowledge");
    }
    long last = epochs.merge(route.region(), route.epoch().value(), Math::max);
    boolean replaying = cluster.metasrv().cluster().isCompletedExceptionally();
    if (route.epoch().value() < last && !replaying) {
      throw new AssertionError(route.region() + " went back to epoch " + route.epoch());
    }
  }
}
