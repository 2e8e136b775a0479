package io.terrane.infoschema.table;

import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * {@code cluster_info}: every node that ever sent a heartbeat to this metasrv. Only datanodes have
 * a peer id of their own; the others show -1 as GreptimeDB's frontends do. Usage is not reported.
 */
public final class ClusterInfoTable {

  private static final long NO_PEER_ID = -1;
  private static final Comparator<NodeStatus> ORDER =
      Comparator.comparing((NodeStatus node) -> node.info().role())
          .thenComparing(node -> node.info().id());

  private ClusterInfoTable() {}

  public static SystemTable<?> create(ClusterReports reports, InstantSource clock) {
    return SystemTable.<NodeStatus>named(31, "cluster_info")
        .int64("peer_id", node -> peerId(node.info()))
        .text("peer_type", node -> node.info().role().name())
        .text("peer_addr", node -> node.info().address())
        .text("peer_hostname", node -> node.info().hostname())
        .int64("total_cpu_millicores", node -> node.info().cpus() * 1000L)
        .int64("total_memory_bytes", node -> node.info().memoryBytes())
        .int64("cpu_usage_millicores")
        .int64("memory_usage_bytes")
        .text("version", node -> node.info().version())
        .text("git_commit", node -> node.info().commit())
        .millis("start_time", node -> node.info().startedAt())
        .text("uptime", node -> sinceText(node.info().startedAt(), clock))
        .text("active_time", node -> sinceText(node.lastHeartbeat(), clock))
        .text("node_status", ClusterInfoTable::statusJson)
        .rows(context -> list(reports.cluster().nodes()));
  }

  private static List<NodeStatus> list(List<NodeStatus> nodes) {
    return nodes.stream().sorted(ORDER).toList();
  }

  private static long peerId(NodeInfo node) {
    return node.role() == NodeRole.DATANODE ? node.id().value() : NO_PEER_ID;
  }

  private static String statusJson(NodeStatus node) {
    String alive = "{\"alive\":" + node.alive();
    return switch (node.info().role()) {
      case DATANODE ->
          alive
              + ",\"leader_regions\":"
              + node.leaderRegions()
              + ",\"follower_regions\":"
              + node.followerRegions()
              + phi(node)
              + "}";
      case METASRV, FRONTEND -> alive + "}";
    };
  }

  /** How improbable the datanode's present silence is, if this metasrv has heard of it. */
  private static String phi(NodeStatus node) {
    return node.phi().isPresent()
        ? ",\"phi\":" + String.format(Locale.ROOT, "%.2f", node.phi().getAsDouble())
        : "";
  }

  /** The two largest units of the time since then, for instance {@code 2days 3h}. */
  private static String sinceText(Instant start, InstantSource clock) {
    Duration time = Duration.between(start, clock.instant());
    if (time.isNegative()) {
      return "0s";
    }
    if (time.toDays() > 0) {
      return time.toDays() + "days " + time.toHoursPart() + "h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + "h " + time.toMinutesPart() + "m";
    }
    if (time.toMinutes() > 0) {
      return time.toMinutes() + "m " + time.toSecondsPart() + "s";
    }
    return time.toSecondsPart() + "s " + time.toMillisPart() + "ms";
  }
}
