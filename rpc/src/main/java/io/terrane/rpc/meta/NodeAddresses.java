package io.terrane.rpc.meta;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.service.MembershipService;
import io.terrane.api.time.Scheduler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the datanodes are, as the metasrv last said: asked at a fixed rate, and at once when a node
 * is looked up that is not known. Lookups never block. While the metasrv is away the last answer
 * stays.
 */
public final class NodeAddresses implements Function<NodeId, Optional<String>>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeAddresses.class);

  private final MembershipService membership;
  private final Scheduler scheduler;
  private final Duration interval;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Map<NodeId, String> known = Map.of();
  private volatile boolean closed;

  public NodeAddresses(MembershipService membership, Scheduler scheduler, Duration interval) {
    this.membership = membership;
    this.scheduler = scheduler;
    this.interval = interval;
  }

  /** Begins to ask; once. */
  public void start() {
    refresh();
    scheduler.schedule(interval, this::tick);
  }

  @Override
  public Optional<String> apply(NodeId node) {
    String address = known.get(node);
    if (address == null) {
      refresh();
    }
    return Optional.ofNullable(address);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void tick() {
    if (!closed) {
      start();
    }
  }

  /** One question at a time, however many ask. */
  private void refresh() {
    if (closed || !asking.compareAndSet(false, true)) {
      return;
    }
    membership
        .cluster()
        .whenComplete(
            (view, failure) -> {
              asking.set(false);
              if (failure == null) {
                known = datanodes(view);
              } else {
                LOG.debug("the addresses of datanodes stay as they were", failure);
              }
            });
  }

  private static Map<NodeId, String> datanodes(ClusterView view) {
    return view.nodes().stream()
        .map(NodeStatus::info)
        .filter(node -> node.role() == NodeRole.DATANODE)
        .collect(Collectors.toMap(NodeInfo::id, NodeInfo::address, (first, later) -> later));
  }
}
