package io.terrane.rpc.wire;

import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.rpc.proto.RegionProto;

/** What a datanode is told to do with a region, and what it answers. */
public final class InstructionWire {

  static final Cases<RegionInstruction, RegionProto.RegionInstruction> CASES =
      new Cases<RegionInstruction, RegionProto.RegionInstruction>()
          .on(
              RegionInstruction.CreateRegion.class,
              create -> builder().setCreateRegion(spec(create.spec(), create.epoch())).build())
          .on(
              RegionInstruction.OpenRegion.class,
              open -> builder().setOpenRegion(spec(open.spec(), open.epoch())).build())
          .on(
              RegionInstruction.OpenCandidate.class,
              open -> builder().setOpenCandidate(candidate(open)).build())
          .on(
              RegionInstruction.ReplayProgress.class,
              progress -> builder().setReplayProgress(region(progress)).build())
          .on(
              RegionInstruction.FlushRegion.class,
              flush -> builder().setFlushRegion(region(flush)).build())
          .on(
              RegionInstruction.CompactRegion.class,
              compact -> builder().setCompactRegion(region(compact)).build())
          .on(
              RegionInstruction.CollectGarbage.class,
              collect ->
                  collect.dryRun()
                      ? builder().setLookForGarbage(region(collect)).build()
                      : builder().setCollectGarbage(region(collect)).build())
          .on(
              RegionInstruction.ListFiles.class,
              list ->
                  builder()
                      .setListFiles(
                          RegionProto.RegionInstruction.Listing.newBuilder()
                              .setRegion(list.region().value())
                              .setStored(list.stored()))
                      .build())
          .on(
              RegionInstruction.ChecksumRegion.class,
              checksum -> builder().setChecksumRegion(region(checksum)).build())
          .on(
              RegionInstruction.DowngradeRegion.class,
              downgrade -> builder().setDowngradeRegion(at(downgrade, downgrade.epoch())).build())
          .on(
              RegionInstruction.ClaimManifest.class,
              claim -> builder().setClaimManifest(at(claim, claim.epoch())).build())
          .on(
              RegionInstruction.UpgradeRegion.class,
              upgrade -> builder().setUpgradeRegion(upgrade(upgrade)).build())
          .on(
              RegionInstruction.CloseRegion.class,
              close -> builder().setCloseRegion(region(close)).build())
          .on(
              RegionInstruction.TruncateRegion.class,
              truncate -> builder().setTruncateRegion(at(truncate, truncate.epoch())).build())
          .on(
              RegionInstruction.AlterRegion.class,
              alter -> builder().setAlterRegion(candidate(alter.spec())).build())
          .on(
              RegionInstruction.DropRegion.class,
              drop -> builder().setDropRegion(candidate(drop.spec())).build());

  static final Cases<InstructionReply, RegionProto.InstructionReply> REPLY_CASES =
      new Cases<InstructionReply, RegionProto.InstructionReply>()
          .on(
              InstructionReply.Done.class,
              done -> reply().setDone(RegionProto.InstructionReply.Done.newBuilder()).build())
          .on(
              InstructionReply.Downgraded.class,
              downgraded ->
                  reply()
                      .setDowngraded(
                          RegionProto.InstructionReply.Downgraded.newBuilder()
                              .setLastPosition(downgraded.lastPosition()))
                      .build())
          .on(
              InstructionReply.Flushed.class,
              flushed ->
                  reply()
                      .setFlushed(
                          RegionProto.InstructionReply.Flushed.newBuilder()
                              .setFlushedSequence(flushed.flushedSequence())
                              .setRows(flushed.rows()))
                      .build())
          .on(
              InstructionReply.Checksum.class,
              checksum ->
                  reply()
                      .setChecksum(
                          RegionProto.InstructionReply.Checksum.newBuilder()
                              .setRows(checksum.rows())
                              .setSequence(checksum.sequence())
                              .setChecksum(checksum.checksum()))
                      .build())
          .on(
              InstructionReply.Replay.class,
              replay ->
                  reply()
                      .setReplay(
                          RegionProto.InstructionReply.Replay.newBuilder()
                              .setReplayed(replay.replayed())
                              .setEnd(replay.end())
                              .setWork(RegionWire.encode(replay.work())))
                      .build())
          .on(
              InstructionReply.Swept.class,
              swept ->
                  reply()
                      .setSwept(
                          RegionProto.InstructionReply.Swept.newBuilder()
                              .setFiles(swept.files())
                              .setBytes(swept.bytes())
                              .setWaiting(swept.waiting()))
                      .build())
          .on(
              InstructionReply.Files.class,
              files -> reply().setFiles(RegionFileWire.encode(files)).build());

  private InstructionWire() {}

  public static RegionProto.RegionInstruction encode(RegionInstruction instruction) {
    return CASES.encode(instruction);
  }

  public static RegionInstruction decode(RegionProto.RegionInstruction message) {
    return switch (message.getKindCase()) {
      case CREATE_REGION ->
          new RegionInstruction.CreateRegion(
              RegionWire.decode(message.getCreateRegion().getSpec()),
              new RegionEpoch(message.getCreateRegion().getEpoch()));
      case OPEN_REGION ->
          new RegionInstruction.OpenRegion(
              RegionWire.decode(message.getOpenRegion().getSpec()),
              new RegionEpoch(message.getOpenRegion().getEpoch()));
      case OPEN_CANDIDATE ->
          new RegionInstruction.OpenCandidate(
              RegionWire.decode(message.getOpenCandidate().getSpec()),
              message.getOpenCandidate().getReplayBytesPerSecond());
      case REPLAY_PROGRESS ->
          new RegionInstruction.ReplayProgress(
              new RegionId(message.getReplayProgress().getRegion()));
      case FLUSH_REGION ->
          new RegionInstruction.FlushRegion(new RegionId(message.getFlushRegion().getRegion()));
      case COMPACT_REGION ->
          new RegionInstruction.CompactRegion(new RegionId(message.getCompactRegion().getRegion()));
      case COLLECT_GARBAGE ->
          new RegionInstruction.CollectGarbage(
              new RegionId(message.getCollectGarbage().getRegion()), false);
      case LOOK_FOR_GARBAGE ->
          new RegionInstruction.CollectGarbage(
              new RegionId(message.getLookForGarbage().getRegion()), true);
      case LIST_FILES ->
          new RegionInstruction.ListFiles(
              new RegionId(message.getListFiles().getRegion()), message.getListFiles().getStored());
      case CHECKSUM_REGION ->
          new RegionInstruction.ChecksumRegion(
              new RegionId(message.getChecksumRegion().getRegion()));
      case DOWNGRADE_REGION ->
          new RegionInstruction.DowngradeRegion(
              new RegionId(message.getDowngradeRegion().getRegion()),
              new RegionEpoch(message.getDowngradeRegion().getEpoch()));
      case CLAIM_MANIFEST ->
          new RegionInstruction.ClaimManifest(
              new RegionId(message.getClaimManifest().getRegion()),
              new RegionEpoch(message.getClaimManifest().getEpoch()));
      case UPGRADE_REGION ->
          new RegionInstruction.UpgradeRegion(
              new RegionId(message.getUpgradeRegion().getRegion()),
              new RegionEpoch(message.getUpgradeRegion().getEpoch()),
              message.getUpgradeRegion().getPosition(),
              TimeWire.decode(message.getUpgradeRegion().getReplayTimeout()));
      case CLOSE_REGION ->
          new RegionInstruction.CloseRegion(new RegionId(message.getCloseRegion().getRegion()));
      case TRUNCATE_REGION ->
          new RegionInstruction.TruncateRegion(
              new RegionId(message.getTruncateRegion().getRegion()),
              new RegionEpoch(message.getTruncateRegion().getEpoch()));
      case DROP_REGION ->
          new RegionInstruction.DropRegion(RegionWire.decode(message.getDropRegion().getSpec()));
      case ALTER_REGION ->
          new RegionInstruction.AlterRegion(RegionWire.decode(message.getAlterRegion().getSpec()));
      case KIND_NOT_SET -> throw Messages.unknownCase(message);
    };
  }

  public static RegionProto.InstructionReply encode(InstructionReply reply) {
    return REPLY_CASES.encode(reply);
  }

  public static InstructionReply decode(RegionProto.InstructionReply message) {
    return switch (message.getKindCase()) {
      case DONE -> new InstructionReply.Done();
      case DOWNGRADED -> new InstructionReply.Downgraded(message.getDowngraded().getLastPosition());
      case FLUSHED ->
          new InstructionReply.Flushed(
              message.getFlushed().getFlushedSequence(), message.getFlushed().getRows());
      case CHECKSUM ->
          new InstructionReply.Checksum(
              message.getChecksum().getRows(),
              message.getChecksum().getSequence(),
              message.getChecksum().getChecksum());
      case REPLAY ->
          new InstructionReply.Replay(
              message.getReplay().getReplayed(),
              message.getReplay().getEnd(),
              RegionWire.decode(message.getReplay().getWork()));
      case SWEPT ->
          new InstructionReply.Swept(
              message.getSwept().getFiles(),
              message.getSwept().getBytes(),
              message.getSwept().getWaiting());
      case FILES -> RegionFileWire.decode(message.getFiles());
      case KIND_NOT_SET -> throw Messages.unknownCase(message);
    };
  }

  private static RegionProto.RegionInstruction.Builder builder() {
    return RegionProto.RegionInstruction.newBuilder();
  }

  private static RegionProto.InstructionReply.Builder reply() {
    return RegionProto.InstructionReply.newBuilder();
  }

  private static RegionProto.RegionInstruction.Spec spec(RegionSpec spec, RegionEpoch epoch) {
    return RegionProto.RegionInstruction.Spec.newBuilder()
        .setSpec(RegionWire.encode(spec))
        .setEpoch(epoch.value())
        .build();
  }

  private static RegionProto.RegionInstruction.Candidate candidate(RegionSpec spec) {
    return RegionProto.RegionInstruction.Candidate.newBuilder()
        .setSpec(RegionWire.encode(spec))
        .build();
  }

  private static RegionProto.RegionInstruction.Candidate candidate(
      RegionInstruction.OpenCandidate open) {
    return candidate(open.spec()).toBuilder()
        .setReplayBytesPerSecond(open.replayBytesPerSecond())
        .build();
  }

  private static RegionProto.RegionInstruction.Region region(RegionInstruction instruction) {
    return RegionProto.RegionInstruction.Region.newBuilder()
        .setRegion(instruction.region().value())
        .build();
  }

  private static RegionProto.RegionInstruction.AtEpoch at(
      RegionInstruction instruction, RegionEpoch epoch) {
    return RegionProto.RegionInstruction.AtEpoch.newBuilder()
        .setRegion(instruction.region().value())
        .setEpoch(epoch.value())
        .build();
  }

  private static RegionProto.RegionInstruction.Upgrade upgrade(
      RegionInstruction.UpgradeRegion upgrade) {
    return RegionProto.RegionInstruction.Upgrade.newBuilder()
        .setRegion(upgrade.region().value())
        .setEpoch(upgrade.epoch().value())
        .setPosition(upgrade.position())
        .setReplayTimeout(TimeWire.encode(upgrade.replayTimeout()))
        .build();
  }
}
