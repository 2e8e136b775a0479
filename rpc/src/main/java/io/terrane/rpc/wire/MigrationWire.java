package io.terrane.rpc.wire;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.MigrationProgress;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.MigrationStep;
import io.terrane.api.region.RegionId;
import io.terrane.rpc.proto.ProcedureProto;
import java.util.Optional;

/** What migrations have to tell, and would have. */
public final class MigrationWire {

  private MigrationWire() {}

  static ProcedureProto.MigrationInfo encode(MigrationInfo info) {
    ProcedureProto.MigrationInfo.Builder message =
        ProcedureProto.MigrationInfo.newBuilder()
            .setRegion(info.region().value())
            .setTable(TableWire.encode(info.table()))
            .setFrom(info.from().value())
            .setTo(info.to().value())
            .setReason(info.reason().name())
            .setAskedBy(info.askedBy())
            .setOpenedPosition(info.openedPosition())
            .setReplayedPosition(info.replayedPosition())
            .setEndPosition(info.endPosition())
            .setWork(RegionWire.encode(info.work()))
            .setRetries(info.retries())
            .setHeldWrites(info.heldWrites());
    info.steps().forEach(step -> message.addSteps(encode(step)));
    info.lastError().ifPresent(message::setLastError);
    info.stall().map(TimeWire::encode).ifPresent(message::setStall);
    info.progress().map(MigrationWire::encode).ifPresent(message::setProgress);
    info.verification().ifPresent(message::setVerification);
    return message.build();
  }

  private static ProcedureProto.MigrationInfo.Progress encode(MigrationProgress progress) {
    ProcedureProto.MigrationInfo.Progress.Builder message =
        ProcedureProto.MigrationInfo.Progress.newBuilder()
            .setTargetPosition(progress.targetPosition());
    progress.left().map(TimeWire::encode).ifPresent(message::setLeft);
    return message.build();
  }

  private static MigrationProgress decode(ProcedureProto.MigrationInfo.Progress message) {
    return new MigrationProgress(
        message.getTargetPosition(),
        message.hasLeft() ? Optional.of(TimeWire.decode(message.getLeft())) : Optional.empty());
  }

  static MigrationInfo decode(ProcedureProto.MigrationInfo message) {
    return new MigrationInfo(
        new RegionId(message.getRegion()),
        TableWire.decode(message.getTable()),
        new NodeId(message.getFrom()),
        new NodeId(message.getTo()),
        Messages.constant(MigrationReason.class, message.getReason()),
        message.getAskedBy(),
        message.getStepsList().stream().map(MigrationWire::decode).toList(),
        message.getOpenedPosition(),
        message.getReplayedPosition(),
        message.getEndPosition(),
        RegionWire.decode(message.getWork()),
        message.getRetries(),
        message.hasLastError() ? Optional.of(message.getLastError()) : Optional.empty(),
        message.hasStall() ? Optional.of(TimeWire.decode(message.getStall())) : Optional.empty(),
        message.getHeldWrites(),
        message.hasProgress() ? Optional.of(decode(message.getProgress())) : Optional.empty(),
        message.hasVerification() ? Optional.of(message.getVerification()) : Optional.empty());
  }

  public static ProcedureProto.MigrationPlan encode(MigrationPlan plan) {
    ProcedureProto.MigrationPlan.Builder message =
        ProcedureProto.MigrationPlan.newBuilder()
            .setSstBytes(plan.sstBytes())
            .setMemtableBytes(plan.memtableBytes())
            .setUnflushedRows(plan.unflushedRows())
            .setLeaseWait(TimeWire.encode(plan.leaseWait()));
    for (MigrationPlan.Check check : plan.checks()) {
      ProcedureProto.MigrationPlan.Check.Builder each =
          ProcedureProto.MigrationPlan.Check.newBuilder().setName(check.name());
      check.problem().ifPresent(each::setProblem);
      message.addChecks(each);
    }
    plan.usualStall().map(TimeWire::encode).ifPresent(message::setUsualStall);
    return message.build();
  }

  public static MigrationPlan decode(ProcedureProto.MigrationPlan message) {
    return new MigrationPlan(
        message.getChecksList().stream()
            .map(
                check ->
                    new MigrationPlan.Check(
                        check.getName(),
                        check.hasProblem() ? Optional.of(check.getProblem()) : Optional.empty()))
            .toList(),
        message.getSstBytes(),
        message.getMemtableBytes(),
        message.getUnflushedRows(),
        TimeWire.decode(message.getLeaseWait()),
        message.hasUsualStall()
            ? Optional.of(TimeWire.decode(message.getUsualStall()))
            : Optional.empty());
  }

  private static ProcedureProto.MigrationInfo.Step encode(MigrationStep step) {
    ProcedureProto.MigrationInfo.Step.Builder message =
        ProcedureProto.MigrationInfo.Step.newBuilder()
            .setName(step.name())
            .setStartedAt(TimeWire.encode(step.startedAt()));
    step.endedAt().map(TimeWire::encode).ifPresent(message::setEndedAt);
    return message.build();
  }

  private static MigrationStep decode(ProcedureProto.MigrationInfo.Step message) {
    return new MigrationStep(
        message.getName(),
        TimeWire.decode(message.getStartedAt()),
        message.hasEndedAt()
            ? Optional.of(TimeWire.decode(message.getEndedAt()))
            : Optional.empty());
  }
}
