package io.terrane.meta.membership;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.RegionLease;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.WriteStall;
import io.terrane.meta.catalog.TableRoutes;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import io.terrane.meta.store.Proposal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers heartbeats: registers lives of datanodes, grants leases by route, tells what to open and
 * close. Thread-safe, never blocks.
 *
 * <p>A datanode that comes with another {@code startedAt} is a new process: it gets its regions
 * under new epochs, and only when the leases of the old process have certainly run out.
 */
public final class HeartbeatHandler {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatHandler.class);

  private final MetadataStore store;
  private final NodeRegistry registry;
  private final FailureDetector detector;
  private final RegionLeases leases;
  private final SettledRoutes settled;
  private final Consumer<List<WriteStall>> stalls;
  private final Map<NodeId, RegionReview> reviews = new ConcurrentHashMap<>();

  /**
   * @param stalls takes what frontends report
   */
  public HeartbeatHandler(
      MetadataStore store,
      NodeRegistry registry,
      FailureDetector detector,
      RegionLeases leases,
      SettledRoutes settled,
      Consumer<List<WriteStall>> stalls) {
    this.store = store;
    this.registry = registry;
    this.detector = detector;
    this.leases = leases;
    this.settled = settled;
    this.stalls = stalls;
  }

  /** As {@code MembershipService} has it. */
  public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
    if (!store.isLeader()) {
      return CompletableFuture.failedFuture(notLeader());
    }
    boolean inOrder = registry.report(heartbeat);
    if (heartbeat.node().role() == NodeRole.FRONTEND) {
      stalls.accept(heartbeat.stalls());
    }
    if (!inOrder || heartbeat.node().role() != NodeRole.DATANODE) {
      return CompletableFuture.completedFuture(nothingFor(heartbeat));
    }
    detector.heard(heartbeat.node().id());
    NodeInfo known = store.image().nodes().get(heartbeat.node().id());
    if (known != null && known.startedAt().equals(heartbeat.node().startedAt())) {
      return raiseEpochsOfLost(heartbeat).thenCompose(done -> answerWhenSettled(heartbeat));
    }
    if (known != null && !leases.remaining(heartbeat.node().id()).isZero()) {
      LOG.debug("datanode {} waits for its old leases to run out", heartbeat.node().id());
      return CompletableFuture.completedFuture(nothingFor(heartbeat));
    }
    reviews.remove(heartbeat.node().id());
    return beginLife(heartbeat.node()).thenCompose(done -> answer(heartbeat, store::latest));
  }

  private CompletableFuture<Void> beginLife(NodeInfo node) {
    return store.commit(
        image -> {
          NodeInfo known = image.nodes().get(node.id());
          boolean registered = known != null && known.startedAt().equals(node.startedAt());
          if (!registered) {
            LOG.info("datanode {} at {} begins a life", node.id(), node.address());
          }
          MetadataEdit edit = registered ? MetadataEdit.NOTHING : TableRoutes.newLife(image, node);
          return new Proposal<Void>(edit, null);
        });
  }

  private CompletableFuture<Void> raiseEpochsOfLost(Heartbeat heartbeat) {
    CompletableFuture<Void> raised = CompletableFuture.completedFuture(null);
    RegionReview previous = reviews.get(heartbeat.node().id());
    for (RegionRoute lost : RegionReview.lost(heartbeat, previous)) {
      if (isUnchanged(store.image(), lost)) {
        LOG.warn("datanode {} has lost region {}", lost.leader(), lost.region());
        raised =
            raised.thenCompose(
                done ->
                    store.commit(
                        image -> new Proposal<Void>(TableRoutes.reopening(image, lost), null)));
      }
    }
    return raised;
  }

  /** While the routes settle the log is read already, so that the lease then comes at once. */
  private CompletableFuture<HeartbeatReply> answerWhenSettled(Heartbeat heartbeat) {
    CompletableFuture<MetadataImage> routes = settled.await(heartbeat);
    if (routes.isDone()) {
      return answer(heartbeat, store::latest);
    }
    CompletableFuture<MetadataImage> read = store.latest();
    return routes.thenCompose(image -> answer(heartbeat, () -> read));
  }

  /**
   * @param toTheEnd completes when the log is applied up to where it ended after the heartbeat came
   */
  private CompletableFuture<HeartbeatReply> answer(
      Heartbeat heartbeat, Supplier<CompletableFuture<MetadataImage>> toTheEnd) {
    NodeId node = heartbeat.node().id();
    RegionReview review = RegionReview.of(store.image(), heartbeat, reviews.get(node));
    reviews.put(node, review);
    // Noted before the image is read again: whoever marks a route as downgrading after that read
    // finds the lease noted, whoever did before it is seen.
    leases.grant(node, review.leadable().stream().map(RegionRoute::region).toList());
    if (review.leadable().isEmpty()) {
      return CompletableFuture.completedFuture(reply(heartbeat, review, List.of()));
    }
    // The log's end is read after the heartbeat was sent. If nobody else led by then, this lease
    // ends within the grace that a successor waits out.
    return toTheEnd
        .get()
        .thenApply(read -> reply(heartbeat, review, granted(review, store.image())));
  }

  private List<RegionLease> granted(RegionReview review, MetadataImage image) {
    if (!store.isLeader()) {
      throw notLeader();
    }
    return review.leadable().stream()
        .filter(route -> isUnchanged(image, route))
        .map(r -> new RegionLease(r.region(), r.epoch(), leases.duration()))
        .toList();
  }

  private static HeartbeatReply reply(
      Heartbeat heartbeat, RegionReview review, List<RegionLease> granted) {
    return new HeartbeatReply(heartbeat.sequence(), granted, review.instructions());
  }

  private static TerraneException notLeader() {
    return new TerraneException(ErrorCode.NOT_METASRV_LEADER, "this metasrv does not lead");
  }

  private static boolean isUnchanged(MetadataImage image, RegionRoute route) {
    return image.catalog().findRegion(route.region()).filter(route::equals).isPresent();
  }

  private static HeartbeatReply nothingFor(Heartbeat heartbeat) {
    return new HeartbeatReply(heartbeat.sequence(), List.of(), List.of());
  }
}
