package io.terrane.meta.membership;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionStat;
import io.terrane.api.time.Ticker;
import io.terrane.meta.catalog.TableRoutes;
import io.terrane.meta.store.MetadataImage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last heartbeat of every node. In memory: a new metasrv learns it within a heartbeat interval;
 * which datanodes there are is stored in the image. Nodes other than datanodes are forgotten when
 * they have been silent for long. Thread-safe.
 */
public final class NodeRegistry {
  private static final int FORGOTTEN_AFTER_TIMEOUTS = 30;

  private final NodeInfo self;
  private final InstantSource clock;
  private final Ticker ticker;
  private final Duration timeout;
  private final Map<Key, Seen> seen = new HashMap<>();

  public NodeRegistry(NodeInfo self, InstantSource clock, Ticker ticker, Duration timeout) {
    this.self = self;
    this.clock = clock;
    this.ticker = ticker;
    this.timeout = timeout;
  }

  /** Takes note, and answers true, unless a later heartbeat of the same life came first. */
  synchronized boolean report(Heartbeat heartbeat) {
    Key key = new Key(heartbeat.node().role(), heartbeat.node().id());
    Seen last = seen.get(key);
    boolean late =
        last != null
            && last.heartbeat.node().startedAt().equals(heartbeat.node().startedAt())
            && last.heartbeat.sequence() > heartbeat.sequence();
    if (!late) {
      seen.put(key, new Seen(heartbeat, clock.instant(), ticker.nanos()));
    }
    long forgottenNanos = timeout.toNanos() * FORGOTTEN_AFTER_TIMEOUTS;
    seen.entrySet()
        .removeIf(
            entry ->
                entry.getKey().role != NodeRole.DATANODE
                    && ticker.nanos() - entry.getValue().nanos > forgottenNanos);
    return !late;
  }

  /** When the datanode was last heard of by this metasrv. */
  public synchronized Optional<Instant> lastHeartbeat(NodeId datanode) {
    return Optional.ofNullable(seen.get(new Key(NodeRole.DATANODE, datanode))).map(s -> s.at);
  }

  /** What every datanode heard of by this metasrv, alive or not, has reported last. */
  synchronized Map<NodeId, List<RegionStat>> reports() {
    Map<NodeId, List<RegionStat>> reports = new HashMap<>();
    seen.forEach(
        (key, each) -> {
          if (key.role == NodeRole.DATANODE) {
            reports.put(key.id, each.heartbeat.regions());
          }
        });
    return reports;
  }

  /** What the datanode has last told of the region. */
  public synchronized Optional<RegionStat> reported(NodeId datanode, RegionId region) {
    return Optional.ofNullable(seen.get(new Key(NodeRole.DATANODE, datanode)))
        .flatMap(
            each ->
                each.heartbeat.regions().stream()
                    .filter(stat -> stat.region().equals(region))
                    .findFirst());
  }

  synchronized ClusterView view(MetadataImage image) {
    List<NodeStatus> nodes = new ArrayList<>();
    nodes.add(new NodeStatus(self, true, clock.instant(), 0, 0));
    for (Seen each : seen.values()) {
      NodeInfo info = each.heartbeat.node();
      boolean itself = info.role() == NodeRole.METASRV && info.id().equals(self.id());
      if (!itself) {
        nodes.add(status(each, image));
      }
    }
    for (NodeInfo known : image.nodes().values()) {
      if (!seen.containsKey(new Key(NodeRole.DATANODE, known.id()))) {
        nodes.add(new NodeStatus(known, false, known.startedAt(), led(image, known.id()), 0));
      }
    }
    nodes.sort(
        Comparator.comparing((NodeStatus status) -> status.info().role())
            .thenComparing(status -> status.info().id()));
    Map<NodeId, List<RegionStat>> stats = reports();
    return new ClusterView(nodes, leaderStats(image, stats), stats);
  }

  private NodeStatus status(Seen each, MetadataImage image) {
    NodeInfo info = each.heartbeat.node();
    boolean alive = ticker.nanos() - each.nanos < timeout.toNanos();
    if (info.role() != NodeRole.DATANODE) {
      return new NodeStatus(info, alive, each.at, 0, 0);
    }
    long followers =
        each.heartbeat.regions().stream().filter(r -> r.role() == RegionRole.FOLLOWER).count();
    return new NodeStatus(info, alive, each.at, led(image, info.id()), (int) followers);
  }

  private static int led(MetadataImage image, NodeId node) {
    return TableRoutes.ledBy(image, node).size();
  }

  private static Map<RegionId, RegionStat> leaderStats(
      MetadataImage image, Map<NodeId, List<RegionStat>> stats) {
    Map<RegionId, RegionStat> leaders = new HashMap<>();
    stats.forEach(
        (node, regions) ->
            regions.stream()
                .filter(
                    stat ->
                        image
                            .catalog()
                            .findRegion(stat.region())
                            .filter(route -> route.leader().equals(node))
                            .isPresent())
                .forEach(stat -> leaders.put(stat.region(), stat)));
    return leaders;
  }

  private record Key(NodeRole role, NodeId id) {}

  private record Seen(Heartbeat heartbeat, Instant at, long nanos) {}
}
