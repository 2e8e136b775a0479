package io.terrane.rpc.wire;

import io.terrane.api.node.NodeId;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.region.ReplayWork;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.region.TableRoute;
import io.terrane.api.region.WriteId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.TableId;
import io.terrane.rpc.proto.RegionProto;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Where regions are, what they report, and the head of a write. */
public final class RegionWire {

  private RegionWire() {}

  static RegionProto.ReplayWork encode(ReplayWork work) {
    return RegionProto.ReplayWork.newBuilder()
        .setReadBytes(work.readBytes())
        .setUsefulBytes(work.usefulBytes())
        .setRecords(work.records())
        .build();
  }

  static ReplayWork decode(RegionProto.ReplayWork message) {
    return new ReplayWork(message.getReadBytes(), message.getUsefulBytes(), message.getRecords());
  }

  public static RegionProto.TableRoute encode(TableRoute route) {
    RegionProto.TableRoute.Builder message =
        RegionProto.TableRoute.newBuilder()
            .setTable(route.table().value())
            .setVersion(route.version().value());
    route.regions().forEach(region -> message.addRegions(encode(region)));
    return message.build();
  }

  public static TableRoute decode(RegionProto.TableRoute message) {
    return new TableRoute(
        new TableId(message.getTable()),
        new RouteVersion(message.getVersion()),
        message.getRegionsList().stream().map(RegionWire::decode).toList());
  }

  private static RegionProto.RegionRoute encode(RegionRoute route) {
    RegionProto.RegionRoute.Builder message =
        RegionProto.RegionRoute.newBuilder()
            .setRegion(route.region().value())
            .setLeader(route.leader().value())
            .setEpoch(route.epoch().value())
            .setState(route.state().name())
            .setWalTopic(route.walTopic());
    route.downgradingSince().map(TimeWire::encode).ifPresent(message::setDowngradingSince);
    return message.build();
  }

  private static RegionRoute decode(RegionProto.RegionRoute message) {
    return new RegionRoute(
        new RegionId(message.getRegion()),
        new NodeId(message.getLeader()),
        new RegionEpoch(message.getEpoch()),
        Messages.constant(LeaderState.class, message.getState()),
        message.hasDowngradingSince()
            ? Optional.of(TimeWire.decode(message.getDowngradingSince()))
            : Optional.empty(),
        message.getWalTopic());
  }

  static RegionProto.RegionSpec encode(RegionSpec spec) {
    return RegionProto.RegionSpec.newBuilder()
        .setRegion(spec.region().value())
        .setTable(TableWire.encode(spec.table()))
        .setWalTopic(spec.walTopic())
        .build();
  }

  static RegionSpec decode(RegionProto.RegionSpec message) {
    return new RegionSpec(
        new RegionId(message.getRegion()),
        TableWire.decode(message.getTable()),
        message.getWalTopic());
  }

  public static RegionProto.RegionStat encode(RegionStat stat) {
    return RegionProto.RegionStat.newBuilder()
        .setRegion(stat.region().value())
        .setEpoch(stat.epoch().value())
        .setRole(stat.role().name())
        .setRows(stat.rows())
        .setWrittenBytes(stat.writtenBytes())
        .setMemtableBytes(stat.memtableBytes())
        .setManifestBytes(stat.manifestBytes())
        .setSstBytes(stat.sstBytes())
        .setSstCount(stat.sstCount())
        .setManifestVersion(stat.manifestVersion())
        .setCommittedSequence(stat.committedSequence())
        .setFlushedSequence(stat.flushedSequence())
        .setReplayedPosition(stat.replayedPosition())
        .setNeededPosition(stat.neededPosition())
        .setSchemaVersion(stat.schemaVersion())
        .setStoredRows(stat.storedRows())
        .setFlushedBytes(stat.flushedBytes())
        .setMergedBytes(stat.mergedBytes())
        .build();
  }

  public static RegionStat decode(RegionProto.RegionStat message) {
    return new RegionStat(
        new RegionId(message.getRegion()),
        new RegionEpoch(message.getEpoch()),
        Messages.constant(RegionRole.class, message.getRole()),
        message.getRows(),
        message.getWrittenBytes(),
        message.getMemtableBytes(),
        message.getManifestBytes(),
        message.getSstBytes(),
        message.getSstCount(),
        message.getManifestVersion(),
        message.getCommittedSequence(),
        message.getFlushedSequence(),
        message.getReplayedPosition(),
        message.hasNeededPosition() ? message.getNeededPosition() : -1,
        message.getSchemaVersion(),
        message.getStoredRows(),
        message.getFlushedBytes(),
        message.getMergedBytes());
  }

  /** All of a write but its rows. */
  public static RegionProto.WriteHeader encodeHeader(RegionWrite write) {
    return RegionProto.WriteHeader.newBuilder()
        .setRegion(write.region().value())
        .setEpoch(write.epoch().value())
        .setSession(write.id().session())
        .setSequence(write.id().sequence())
        .setMode(write.mode().number())
        .setSchemaVersion(write.schemaVersion())
        .build();
  }

  public static RegionWrite decode(RegionProto.WriteHeader message, VectorSchemaRoot rows) {
    return new RegionWrite(
        new RegionId(message.getRegion()),
        new RegionEpoch(message.getEpoch()),
        message.getSchemaVersion(),
        new WriteId(message.getSession(), message.getSequence()),
        WriteMode.ofNumber(message.getMode()),
        rows);
  }
}
