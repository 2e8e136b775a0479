package io.terrane.meta.testing;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.service.Datanodes;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.RegionService;
import io.terrane.api.testing.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Datanodes in memory that carry out instructions as their javadoc says, without rows, on one
 * simulated scheduler. They send heartbeats, hold leases, can be killed, restarted, cut off, slowed
 * down and made to fail, and remember every instruction that reached them.
 */
public final class RecordingDatanodes implements Datanodes {
  private static final Duration LATENCY = Duration.ofMillis(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  private final SimulatedScheduler scheduler;
  private final Duration heartbeatInterval;
  private final Map<NodeId, SimulatedDatanode> nodes = new TreeMap<>();
  private final Map<RegionId, Long> walEnds = new HashMap<>();
  private final List<String> trace = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private Optional<MembershipService> metasrv = Optional.empty();

  public RecordingDatanodes(SimulatedScheduler scheduler, Duration heartbeatInterval) {
    this.scheduler = scheduler;
    this.heartbeatInterval = heartbeatInterval;
  }

  /** What happens to instructions of a kind at a node. */
  public enum Fault {
    /** Not carried out, NODE_UNREACHABLE. */
    UNREACHABLE,
    /** Carried out, but the answer is NODE_UNREACHABLE. */
    ANSWER_LOST,
    /** Not carried out, never answered. */
    SILENT,
    /** Not carried out, TIMED_OUT. */
    TIMED_OUT,
    /** The node dies before it carries it out. */
    DIES_BEFORE,
    /** The node dies when it has carried it out. */
    DIES_AFTER
  }

  private record Rule(
      NodeId node, Class<? extends RegionInstruction> kind, Fault fault, int[] left) {}

  /** Heartbeats go to this metasrv from now on. */
  public void report(MembershipService service) {
    metasrv = Optional.of(service);
  }

  public void start(long node) {
    SimulatedDatanode datanode =
        new SimulatedDatanode(new NodeId(node), scheduler, scheduler.instant(), walEnds);
    nodes.put(new NodeId(node), datanode);
    beat(datanode);
  }

  public void kill(long node) {
    nodes.get(new NodeId(node)).kill();
  }

  public SimulatedDatanode node(long node) {
    return nodes.get(new NodeId(node));
  }

  /** Applies to the next {@code times} instructions of the kind at the node. */
  public void fault(long node, Class<? extends RegionInstruction> kind, Fault fault, int times) {
    rules.add(new Rule(new NodeId(node), kind, fault, new int[] {times}));
  }

  /** No instruction meets a fault any more. */
  public void heal() {
    rules.clear();
    nodes.values().forEach(SimulatedDatanode::reconnect);
  }

  /** As if rows had been written to the region. */
  public void appendToWal(RegionId region, long records) {
    walEnds.merge(region, records, Long::sum);
  }

  /** Every instruction that was carried out, as {@code node: Kind region}. */
  public List<String> trace() {
    return List.copyOf(trace);
  }

  /** Nodes that would acknowledge a write to the region now. */
  public List<NodeId> writableLeaders(RegionId region) {
    return nodes.values().stream()
        .filter(node -> node.acknowledges(region))
        .map(SimulatedDatanode::id)
        .toList();
  }

  @Override
  public RegionService at(NodeId node) {
    return new InstructionsOnly(instruction -> deliver(node, instruction));
  }

  private CompletableFuture<InstructionReply> deliver(NodeId id, RegionInstruction instruction) {
    CompletableFuture<InstructionReply> answer = new CompletableFuture<>();
    scheduler.schedule(LATENCY, () -> arrive(id, instruction, answer));
    return answer;
  }

  private void arrive(
      NodeId id, RegionInstruction instruction, CompletableFuture<InstructionReply> answer) {
    SimulatedDatanode node = nodes.get(id);
    Optional<Fault> fault = takeFault(id, instruction);
    fault.filter(f -> f == Fault.DIES_BEFORE).ifPresent(f -> node.kill());
    if (node != null && node.isRunning() && node.isCutOff()) {
      scheduler.schedule(CONNECT_TIMEOUT, () -> answer.completeExceptionally(unreachable(id)));
      return;
    }
    if (node == null
        || !node.isRunning()
        || fault.filter(f -> f == Fault.UNREACHABLE).isPresent()) {
      answer.completeExceptionally(unreachable(id));
      return;
    }
    if (fault.filter(f -> f == Fault.SILENT).isPresent()) {
      return;
    }
    if (fault.filter(f -> f == Fault.TIMED_OUT).isPresent()) {
      answer.completeExceptionally(new TerraneException(ErrorCode.TIMED_OUT, "too slow"));
      return;
    }
    trace.add(id + ": " + instruction.getClass().getSimpleName() + " " + instruction.region());
    try {
      InstructionReply reply = node.carryOut(instruction);
      fault.filter(f -> f == Fault.DIES_AFTER).ifPresent(f -> node.kill());
      if (fault.isPresent()) {
        scheduler.schedule(LATENCY, () -> answer.completeExceptionally(unreachable(id)));
      } else {
        scheduler.schedule(LATENCY, () -> answer.complete(reply));
      }
      if (node.isRunning()) {
        send(node); // a datanode reports at once what it leads
      }
    } catch (TerraneException refused) {
      answer.completeExceptionally(refused);
    }
  }

  private Optional<Fault> takeFault(NodeId id, RegionInstruction instruction) {
    for (Rule rule : rules) {
      if (rule.node.equals(id) && rule.kind.isInstance(instruction) && rule.left[0] > 0) {
        rule.left[0]--;
        return Optional.of(rule.fault);
      }
    }
    return Optional.empty();
  }

  private void beat(SimulatedDatanode node) {
    if (node.isRunning()) {
      send(node);
      scheduler.schedule(heartbeatInterval, () -> beat(node));
    }
  }

  private void send(SimulatedDatanode node) {
    if (metasrv.isEmpty() || node.isCutOff()) {
      return;
    }
    MembershipService service = metasrv.get();
    Heartbeat heartbeat = node.heartbeat();
    long sentNanos = scheduler.nanos();
    scheduler.schedule(
        LATENCY,
        () ->
            service
                .heartbeat(heartbeat)
                .whenComplete(
                    (reply, failure) -> {
                      if (failure == null) {
                        scheduler.schedule(LATENCY, () -> install(node, reply, sentNanos));
                      }
                    }));
  }

  private void install(SimulatedDatanode node, HeartbeatReply reply, long sentNanos) {
    if (!node.isRunning() || node.isCutOff()) {
      return;
    }
    node.install(reply.leases(), sentNanos);
    boolean opened = false;
    for (RegionInstruction instruction : reply.instructions()) {
      trace.add(
          node.id()
              + ": "
              + instruction.getClass().getSimpleName()
              + " "
              + instruction.region()
              + " (heartbeat)");
      node.carryOut(instruction);
      opened |= instruction instanceof RegionInstruction.OpenRegion;
    }
    if (opened) {
      send(node);
    }
  }

  private static TerraneException unreachable(NodeId id) {
    return new TerraneException(ErrorCode.NODE_UNREACHABLE, "datanode " + id + " is unreachable");
  }
}
