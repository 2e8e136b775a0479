package io.terrane.rpc.wire;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationOptions;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.TableName;
import io.terrane.rpc.proto.ProcedureProto;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the metasrv is asked to do, and how that stands. */
public final class ProcedureWire {

  static final Cases<ProcedureRequest, ProcedureProto.ProcedureRequest> CASES =
      new Cases<ProcedureRequest, ProcedureProto.ProcedureRequest>()
          .on(
              ProcedureRequest.CreateDatabase.class,
              create ->
                  builder()
                      .setCreateDatabase(
                          ProcedureProto.ProcedureRequest.CreateDatabase.newBuilder()
                              .setName(create.name())
                              .putAllOptions(create.options())
                              .setIfNotExists(create.ifNotExists()))
                      .build())
          .on(
              ProcedureRequest.AlterDatabase.class,
              alter ->
                  builder()
                      .setAlterDatabase(
                          ProcedureProto.ProcedureRequest.AlterDatabase.newBuilder()
                              .setName(alter.name())
                              .putAllSet(alter.set())
                              .addAllUnset(alter.unset()))
                      .build())
          .on(
              ProcedureRequest.DropDatabase.class,
              drop ->
                  builder()
                      .setDropDatabase(
                          ProcedureProto.ProcedureRequest.DropDatabase.newBuilder()
                              .setName(drop.name())
                              .setIfExists(drop.ifExists()))
                      .build())
          .on(ProcedureRequest.CreateTable.class, ProcedureWire::encodeCreateTable)
          .on(
              ProcedureRequest.DropTable.class,
              drop -> builder().setDropTable(drop(drop.name(), drop.ifExists())).build())
          .on(
              ProcedureRequest.AlterTable.class,
              alter ->
                  builder()
                      .setAlterTable(
                          ProcedureProto.ProcedureRequest.AlterTable.newBuilder()
                              .setBaseVersion(alter.baseVersion())
                              .setAltered(TableWire.encode(alter.altered())))
                      .build())
          .on(
              ProcedureRequest.TruncateTable.class,
              truncate -> builder().setTruncateTable(TableWire.encode(truncate.name())).build())
          .on(ProcedureRequest.CreateView.class, ProcedureWire::encodeCreateView)
          .on(
              ProcedureRequest.DropView.class,
              drop -> builder().setDropView(drop(drop.name(), drop.ifExists())).build())
          .on(
              ProcedureRequest.MigrateRegion.class,
              migrate -> builder().setMigrateRegion(encode(migrate)).build())
          .on(
              ProcedureRequest.SetMaintenanceMode.class,
              mode ->
                  builder()
                      .setSetMaintenanceMode(
                          ProcedureProto.ProcedureRequest.SetMaintenanceMode.newBuilder()
                              .setOn(mode.on()))
                      .build())
          .on(
              ProcedureRequest.SetDrained.class,
              drain ->
                  builder()
                      .setSetDrained(
                          ProcedureProto.ProcedureRequest.SetDrained.newBuilder()
                              .setNode(drain.node().value())
                              .setDrained(drain.drained()))
                      .build())
          .on(
              ProcedureRequest.SetMigrationLimit.class,
              limit ->
                  builder()
                      .setSetMigrationLimit(
                          ProcedureProto.ProcedureRequest.SetMigrationLimit.newBuilder()
                              .setRegionsAtOnce(limit.regionsAtOnce())
                              .setReplayBytesPerSecond(limit.replayBytesPerSecond()))
                      .build())
          .on(
              ProcedureRequest.MigrateTable.class,
              move ->
                  builder()
                      .setMigrateTable(
                          ProcedureProto.ProcedureRequest.MigrateTable.newBuilder()
                              .setTable(TableWire.encode(move.table()))
                              .setTo(move.to().value()))
                      .build());

  private ProcedureWire() {}

  public static ProcedureProto.ProcedureRequest encode(ProcedureRequest request) {
    return CASES.encode(request);
  }

  public static ProcedureRequest decode(ProcedureProto.ProcedureRequest message) {
    return switch (message.getKindCase()) {
      case CREATE_DATABASE ->
          new ProcedureRequest.CreateDatabase(
              message.getCreateDatabase().getName(),
              message.getCreateDatabase().getOptionsMap(),
              message.getCreateDatabase().getIfNotExists());
      case ALTER_DATABASE ->
          new ProcedureRequest.AlterDatabase(
              message.getAlterDatabase().getName(),
              message.getAlterDatabase().getSetMap(),
              List.copyOf(message.getAlterDatabase().getUnsetList()));
      case DROP_DATABASE ->
          new ProcedureRequest.DropDatabase(
              message.getDropDatabase().getName(), message.getDropDatabase().getIfExists());
      case CREATE_TABLE -> decode(message.getCreateTable());
      case DROP_TABLE ->
          new ProcedureRequest.DropTable(
              TableWire.decode(message.getDropTable().getName()),
              message.getDropTable().getIfExists());
      case ALTER_TABLE ->
          new ProcedureRequest.AlterTable(
              message.getAlterTable().getBaseVersion(),
              TableWire.decode(message.getAlterTable().getAltered()));
      case TRUNCATE_TABLE ->
          new ProcedureRequest.TruncateTable(TableWire.decode(message.getTruncateTable()));
      case CREATE_VIEW -> decode(message.getCreateView());
      case DROP_VIEW ->
          new ProcedureRequest.DropView(
              TableWire.decode(message.getDropView().getName()),
              message.getDropView().getIfExists());
      case MIGRATE_REGION -> decode(message.getMigrateRegion());
      case SET_MAINTENANCE_MODE ->
          new ProcedureRequest.SetMaintenanceMode(message.getSetMaintenanceMode().getOn());
      case SET_DRAINED ->
          new ProcedureRequest.SetDrained(
              new NodeId(message.getSetDrained().getNode()), message.getSetDrained().getDrained());
      case SET_MIGRATION_LIMIT ->
          new ProcedureRequest.SetMigrationLimit(
              message.getSetMigrationLimit().getRegionsAtOnce(),
              message.getSetMigrationLimit().getReplayBytesPerSecond());
      case MIGRATE_TABLE ->
          new ProcedureRequest.MigrateTable(
              TableWire.decode(message.getMigrateTable().getTable()),
              new NodeId(message.getMigrateTable().getTo()));
      case KIND_NOT_SET -> throw Messages.unknownCase(message);
    };
  }

  public static ProcedureProto.ProcedureId encode(ProcedureId id) {
    return ProcedureProto.ProcedureId.newBuilder()
        .setHigh(id.value().getMostSignificantBits())
        .setLow(id.value().getLeastSignificantBits())
        .build();
  }

  public static ProcedureId decode(ProcedureProto.ProcedureId message) {
    return new ProcedureId(new UUID(message.getHigh(), message.getLow()));
  }

  public static ProcedureProto.ProcedureInfo encode(ProcedureInfo info) {
    ProcedureProto.ProcedureInfo.Builder message =
        ProcedureProto.ProcedureInfo.newBuilder()
            .setId(encode(info.id()))
            .setType(info.type())
            .setStatus(info.status().name())
            .setStep(info.step())
            .setStartedAt(TimeWire.encode(info.startedAt()))
            .addAllLockKeys(info.lockKeys())
            .setCatalogVersion(info.catalogVersion());
    info.errorCode().ifPresent(code -> message.setErrorNumber(code.number()));
    info.error().ifPresent(message::setError);
    info.endedAt().map(TimeWire::encode).ifPresent(message::setEndedAt);
    info.migration().map(MigrationWire::encode).ifPresent(message::setMigration);
    return message.build();
  }

  public static ProcedureInfo decode(ProcedureProto.ProcedureInfo message) {
    return new ProcedureInfo(
        decode(message.getId()),
        message.getType(),
        Messages.constant(ProcedureStatus.class, message.getStatus()),
        message.getStep(),
        message.hasErrorNumber()
            ? Optional.of(ErrorCode.ofNumber(message.getErrorNumber()))
            : Optional.empty(),
        message.hasError() ? Optional.of(message.getError()) : Optional.empty(),
        TimeWire.decode(message.getStartedAt()),
        message.hasEndedAt()
            ? Optional.of(TimeWire.decode(message.getEndedAt()))
            : Optional.empty(),
        message.getLockKeysList(),
        message.getCatalogVersion(),
        message.hasMigration()
            ? Optional.of(MigrationWire.decode(message.getMigration()))
            : Optional.empty());
  }

  public static ProcedureProto.ProcedureInfos encode(List<ProcedureInfo> infos) {
    return ProcedureProto.ProcedureInfos.newBuilder()
        .addAllInfos(infos.stream().map(ProcedureWire::encode).toList())
        .build();
  }

  public static List<ProcedureInfo> decode(ProcedureProto.ProcedureInfos message) {
    return message.getInfosList().stream().map(ProcedureWire::decode).toList();
  }

  private static ProcedureProto.ProcedureRequest.Builder builder() {
    return ProcedureProto.ProcedureRequest.newBuilder();
  }

  private static ProcedureProto.ProcedureRequest.Drop drop(TableName name, boolean ifExists) {
    return ProcedureProto.ProcedureRequest.Drop.newBuilder()
        .setName(TableWire.encode(name))
        .setIfExists(ifExists)
        .build();
  }

  public static ProcedureProto.ProcedureRequest.MigrateRegion encode(
      ProcedureRequest.MigrateRegion migrate) {
    ProcedureProto.ProcedureRequest.MigrateRegion.Builder message =
        ProcedureProto.ProcedureRequest.MigrateRegion.newBuilder()
            .setRegion(migrate.region().value())
            .setFrom(migrate.from().value())
            .setTo(migrate.to().value())
            .setReplayTimeout(TimeWire.encode(migrate.replayTimeout()))
            .setReason(migrate.reason().name())
            .setAskedBy(migrate.askedBy())
            .setVerify(migrate.options().verify());
    migrate.options().stallBudget().map(TimeWire::encode).ifPresent(message::setStallBudget);
    return message.build();
  }

  public static ProcedureRequest.MigrateRegion decode(
      ProcedureProto.ProcedureRequest.MigrateRegion message) {
    return new ProcedureRequest.MigrateRegion(
        new RegionId(message.getRegion()),
        new NodeId(message.getFrom()),
        new NodeId(message.getTo()),
        TimeWire.decode(message.getReplayTimeout()),
        message.getReason().isEmpty()
            ? MigrationReason.MANUAL
            : Messages.constant(MigrationReason.class, message.getReason()),
        message.getAskedBy(),
        new MigrationOptions(
            message.hasStallBudget()
                ? Optional.of(TimeWire.decode(message.getStallBudget()))
                : Optional.empty(),
            message.getVerify()));
  }

  private static ProcedureProto.ProcedureRequest encodeCreateTable(
      ProcedureRequest.CreateTable create) {
    return builder()
        .setCreateTable(
            ProcedureProto.ProcedureRequest.CreateTable.newBuilder()
                .setName(TableWire.encode(create.name()))
                .setSchema(TableWire.encode(create.schema()))
                .setPartitionRule(PartitionWire.encode(create.partitionRule()))
                .setEngine(create.engine())
                .putAllOptions(create.options())
                .setComment(create.comment())
                .setIfNotExists(create.ifNotExists()))
        .build();
  }

  private static ProcedureRequest.CreateTable decode(
      ProcedureProto.ProcedureRequest.CreateTable message) {
    return new ProcedureRequest.CreateTable(
        TableWire.decode(message.getName()),
        TableWire.decode(message.getSchema()),
        PartitionWire.decode(message.getPartitionRule()),
        message.getEngine(),
        message.getOptionsMap(),
        message.getComment(),
        message.getIfNotExists());
  }

  private static ProcedureProto.ProcedureRequest encodeCreateView(
      ProcedureRequest.CreateView create) {
    return builder()
        .setCreateView(
            ProcedureProto.ProcedureRequest.CreateView.newBuilder()
                .setName(TableWire.encode(create.name()))
                .setDefinition(create.definition())
                .setDatabase(create.database())
                .addAllColumns(create.columns())
                .setOrReplace(create.orReplace())
                .setIfNotExists(create.ifNotExists()))
        .build();
  }

  private static ProcedureRequest.CreateView decode(
      ProcedureProto.ProcedureRequest.CreateView message) {
    return new ProcedureRequest.CreateView(
        TableWire.decode(message.getName()),
        message.getDefinition(),
        message.getDatabase(),
        message.getColumnsList(),
        message.getOrReplace(),
        message.getIfNotExists());
  }
}
