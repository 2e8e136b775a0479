package io.terrane.server.sim;

import io.terrane.api.node.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Brings about faults, one after another and several at a time, as the seed wants it. */
final class Nemesis {
  private static final int PAUSE_MILLIS = 3_000;

  private final SimulatedCluster cluster;
  private final int datanodes;
  private final Random random;
  private final List<Runnable> repairs = new ArrayList<>();
  private boolean stopped;

  /** What may go wrong. */
  enum Fault {
    KILL_DATANODE,
    PAUSE_DATANODE,
    KILL_METASRV,
    PAUSE_METASRV,
    PAUSE_FRONTEND,
    PARTITION,
    BAD_NETWORK,
    BAD_LOG,
    SLOW_LOG,
    BAD_STORE,
    SLOW_STORE
  }

  Nemesis(SimulatedCluster cluster, int datanodes) {
    this.cluster = cluster;
    this.datanodes = datanodes;
    this.random = cluster.random();
  }

  void start() {
    cluster.world().schedule(Duration.ofMillis(random.nextInt(PAUSE_MILLIS)), this::strike);
  }

  /** No further faults; everything is repaired and started. */
  void stop() {
    stopped = true;
    List.copyOf(repairs).forEach(Runnable::run);
    repairs.clear();
    cluster.note("all is well");
  }

  private void strike() {
    if (stopped) {
      return;
    }
    Fault[] faults = Fault.values();
    strike(faults[random.nextInt(faults.length)], Duration.ofMillis(100 + random.nextInt(12_000)));
    start();
  }

  /** One fault, for a while, at a victim that the seed draws. */
  void strike(Fault fault, Duration length) {
    NodeId node = new NodeId(1 + random.nextInt(datanodes));
    int metasrv = random.nextInt(cluster.metasrvs());
    int frontend = 1 + random.nextInt(cluster.frontends().size());
    switch (fault) {
      case KILL_DATANODE -> killDatanode(node, length);
      case PAUSE_DATANODE -> pause("datanode-" + node, length);
      case KILL_METASRV -> killMetasrv(metasrv, length);
      case PAUSE_METASRV -> pause("metasrv-" + metasrv, length);
      case PAUSE_FRONTEND -> pause("frontend-" + frontend, length);
      case PARTITION -> partition(node, metasrv, frontend, length);
      case BAD_NETWORK -> {
        cluster.note("bad network for " + length);
        cluster.network().trouble(5 + random.nextInt(20));
        later(length, () -> cluster.network().trouble(0));
      }
      case BAD_LOG -> trouble("log", cluster.logTrouble(), 5 + random.nextInt(40), 0, length);
      case SLOW_LOG -> trouble("log", cluster.logTrouble(), 0, random.nextInt(2_000), length);
      case BAD_STORE -> trouble("store", cluster.storeTrouble(), 5 + random.nextInt(60), 0, length);
      case SLOW_STORE -> trouble("store", cluster.storeTrouble(), 0, random.nextInt(900), length);
    }
  }

  void killDatanode(NodeId node, Duration length) {
    if (cluster.datanode(node).process().isAlive()) {
      cluster.killDatanode(node);
      later(length, () -> cluster.restartDatanode(node));
    }
  }

  void killMetasrv(int number, Duration length) {
    if (cluster.metasrv(number).process().isAlive()) {
      cluster.killMetasrv(number);
      later(length, () -> cluster.restartMetasrv(number));
    }
  }

  void pause(String name, Duration length) {
    SimulatedProcess process = cluster.find(name);
    if (!process.isPaused() && process.isAlive()) {
      cluster.note("pause " + name + " for " + length);
      process.pause();
      later(length, process::resume);
    }
  }

  private void partition(NodeId node, int metasrv, int frontend, Duration length) {
    switch (random.nextInt(3)) {
      case 0 -> partition("datanode-" + node, "metasrv-" + metasrv, length);
      case 1 -> partition("datanode-" + node, "frontend-" + frontend, length);
      default -> partition("metasrv-" + metasrv, "frontend-" + frontend, length);
    }
  }

  void partition(String one, String other, Duration length) {
    cluster.note("cut " + one + " from " + other + " for " + length);
    cluster.network().cut(one, other);
    later(length, () -> cluster.network().heal(one, other));
  }

  void trouble(String name, Trouble trouble, int percent, int millis, Duration length) {
    cluster.note("%s: %d %% fail, %d ms slower for %s".formatted(name, percent, millis, length));
    trouble.set(percent, Duration.ofMillis(millis));
    later(length, () -> trouble.set(0, Duration.ZERO));
  }

  void later(Duration length, Runnable repair) {
    repairs.add(repair);
    cluster
        .world()
        .schedule(
            length,
            () -> {
              if (repairs.remove(repair)) {
                repair.run();
              }
            });
  }
}
