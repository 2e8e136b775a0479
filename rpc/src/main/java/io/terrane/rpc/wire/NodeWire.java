package io.terrane.rpc.wire;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.node.LeaseStatus;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.node.NodeRole;
import io.terrane.api.node.NodeStatus;
import io.terrane.api.node.RegionLease;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.MigrationTask;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.WriteStall;
import io.terrane.rpc.proto.NodeProto;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Nodes, heartbeats, leases, and the view of all of them. */
public final class NodeWire {

  private NodeWire() {}

  static NodeProto.NodeInfo encode(NodeInfo node) {
    return NodeProto.NodeInfo.newBuilder()
        .setId(node.id().value())
        .setRole(node.role().name())
        .setAddress(node.address())
        .setHostname(node.hostname())
        .setVersion(node.version())
        .setCommit(node.commit())
        .setCpus(node.cpus())
        .setMemoryBytes(node.memoryBytes())
        .setStartedAt(TimeWire.encode(node.startedAt()))
        .build();
  }

  static NodeInfo decode(NodeProto.NodeInfo message) {
    return new NodeInfo(
        new NodeId(message.getId()),
        Messages.constant(NodeRole.class, message.getRole()),
        message.getAddress(),
        message.getHostname(),
        message.getVersion(),
        message.getCommit(),
        message.getCpus(),
        message.getMemoryBytes(),
        TimeWire.decode(message.getStartedAt()));
  }

  public static NodeProto.Heartbeat encode(Heartbeat heartbeat) {
    NodeProto.Heartbeat.Builder message =
        NodeProto.Heartbeat.newBuilder()
            .setNode(encode(heartbeat.node()))
            .setSequence(heartbeat.sequence());
    heartbeat.regions().forEach(stat -> message.addRegions(RegionWire.encode(stat)));
    for (WriteStall stall : heartbeat.stalls()) {
      message.addStalls(
          NodeProto.WriteStall.newBuilder()
              .setRegion(stall.region().value())
              .setEpoch(stall.epoch().value())
              .setLongest(TimeWire.encode(stall.longest()))
              .setWrites(stall.writes()));
    }
    return message.build();
  }

  public static Heartbeat decode(NodeProto.Heartbeat message) {
    return new Heartbeat(
        decode(message.getNode()),
        message.getSequence(),
        message.getRegionsList().stream().map(RegionWire::decode).toList(),
        message.getStallsList().stream()
            .map(
                stall ->
                    new WriteStall(
                        new RegionId(stall.getRegion()),
                        new RegionEpoch(stall.getEpoch()),
                        TimeWire.decode(stall.getLongest()),
                        stall.getWrites()))
            .toList());
  }

  public static NodeProto.HeartbeatReply encode(HeartbeatReply reply) {
    NodeProto.HeartbeatReply.Builder message =
        NodeProto.HeartbeatReply.newBuilder().setSequence(reply.sequence());
    for (RegionLease lease : reply.leases()) {
      message.addLeases(
          NodeProto.HeartbeatReply.Lease.newBuilder()
              .setRegion(lease.region().value())
              .setEpoch(lease.epoch().value())
              .setDuration(TimeWire.encode(lease.duration())));
    }
    reply.instructions().forEach(each -> message.addInstructions(InstructionWire.encode(each)));
    return message.build();
  }

  public static HeartbeatReply decode(NodeProto.HeartbeatReply message) {
    return new HeartbeatReply(
        message.getSequence(),
        message.getLeasesList().stream()
            .map(
                lease ->
                    new RegionLease(
                        new RegionId(lease.getRegion()),
                        new RegionEpoch(lease.getEpoch()),
                        TimeWire.decode(lease.getDuration())))
            .toList(),
        message.getInstructionsList().stream().map(InstructionWire::decode).toList());
  }

  public static NodeProto.ClusterView encode(ClusterView view) {
    NodeProto.ClusterView.Builder message = NodeProto.ClusterView.newBuilder();
    view.nodes().forEach(node -> message.addNodes(encode(node)));
    view.leaderStats().values().forEach(stat -> message.addLeaderStats(RegionWire.encode(stat)));
    view.stats()
        .forEach(
            (node, stats) ->
                message.addStats(
                    NodeProto.ClusterView.NodeStats.newBuilder()
                        .setNode(node.value())
                        .addAllStats(stats.stream().map(RegionWire::encode).toList())));
    for (LeaseStatus lease : view.leases()) {
      message.addLeases(
          NodeProto.LeaseStatus.newBuilder()
              .setRegion(lease.region().value())
              .setLeader(lease.leader().value())
              .setEpoch(lease.epoch().value())
              .setRemaining(TimeWire.encode(lease.remaining())));
    }
    view.tasks().forEach(task -> message.addTasks(encode(task)));
    return message.build();
  }

  private static NodeProto.MigrationTask encode(MigrationTask task) {
    NodeProto.MigrationTask.Builder message =
        NodeProto.MigrationTask.newBuilder()
            .setReason(task.reason().name())
            .setSubject(task.subject())
            .setRegionsLeft(task.regionsLeft())
            .setRegionsMoving(task.regionsMoving());
    task.to().map(NodeId::value).ifPresent(message::setTo);
    task.blockedBy().ifPresent(message::setBlockedBy);
    return message.build();
  }

  private static MigrationTask decode(NodeProto.MigrationTask message) {
    return new MigrationTask(
        Messages.constant(MigrationReason.class, message.getReason()),
        message.getSubject(),
        message.hasTo() ? Optional.of(new NodeId(message.getTo())) : Optional.empty(),
        message.getRegionsLeft(),
        message.getRegionsMoving(),
        message.hasBlockedBy() ? Optional.of(message.getBlockedBy()) : Optional.empty());
  }

  public static ClusterView decode(NodeProto.ClusterView message) {
    return new ClusterView(
        message.getNodesList().stream().map(NodeWire::decode).toList(),
        message.getLeaderStatsList().stream()
            .map(RegionWire::decode)
            .collect(Collectors.toMap(RegionStat::region, Function.identity())),
        message.getStatsList().stream()
            .collect(
                Collectors.toMap(
                    stats -> new NodeId(stats.getNode()),
                    stats -> stats.getStatsList().stream().map(RegionWire::decode).toList())),
        message.getLeasesList().stream()
            .map(
                lease ->
                    new LeaseStatus(
                        new RegionId(lease.getRegion()),
                        new NodeId(lease.getLeader()),
                        new RegionEpoch(lease.getEpoch()),
                        TimeWire.decode(lease.getRemaining())))
            .toList(),
        message.getTasksList().stream().map(NodeWire::decode).toList());
  }

  private static NodeProto.NodeStatus encode(NodeStatus node) {
    NodeProto.NodeStatus.Builder message =
        NodeProto.NodeStatus.newBuilder()
            .setInfo(encode(node.info()))
            .setAlive(node.alive())
            .setLastHeartbeat(TimeWire.encode(node.lastHeartbeat()))
            .setLeaderRegions(node.leaderRegions())
            .setFollowerRegions(node.followerRegions());
    node.phi().ifPresent(message::setPhi);
    return message.build();
  }

  private static NodeStatus decode(NodeProto.NodeStatus message) {
    return new NodeStatus(
        decode(message.getInfo()),
        message.getAlive(),
        TimeWire.decode(message.getLastHeartbeat()),
        message.getLeaderRegions(),
        message.getFollowerRegions(),
        message.hasPhi() ? OptionalDouble.of(message.getPhi()) : OptionalDouble.empty());
  }
}
