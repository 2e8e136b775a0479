package io.terrane.rpc.meta;

import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.service.ProcedureService;
import io.terrane.rpc.channel.LostAnswer;
import io.terrane.rpc.channel.Verb;
import io.terrane.rpc.proto.ProcedureProto;
import io.terrane.rpc.wire.MigrationWire;
import io.terrane.rpc.wire.ProcedureWire;
import io.terrane.rpc.wire.TimeWire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The metasrv's procedures, called over Flight. A submission without an answer is a
 * METADATA_OUTCOME_UNKNOWN; submitting again under the same key starts nothing twice.
 */
public final class FlightProcedureService implements ProcedureService {

  private final MetaClient metasrv;

  public FlightProcedureService(MetaClient metasrv) {
    this.metasrv = metasrv;
  }

  @Override
  public CompletableFuture<ProcedureId> submit(ProcedureRequest request, String idempotencyKey) {
    return metasrv
        .askLeader(
            Verb.PROCEDURE_SUBMIT,
            ProcedureProto.SubmitProcedure.newBuilder()
                .setRequest(ProcedureWire.encode(request))
                .setIdempotencyKey(idempotencyKey)
                .build(),
            ProcedureProto.ProcedureId.parser(),
            metasrv.callTimeout(),
            LostAnswer.METADATA_UNKNOWN)
        .thenApply(ProcedureWire::decode);
  }

  @Override
  public CompletableFuture<Optional<ProcedureInfo>> find(ProcedureId id) {
    return metasrv
        .askLeader(
            Verb.PROCEDURE_FIND,
            ProcedureWire.encode(id),
            ProcedureProto.ProcedureInfos.parser(),
            metasrv.callTimeout(),
            LostAnswer.ASK_AGAIN)
        .thenApply(found -> ProcedureWire.decode(found).stream().findFirst());
  }

  @Override
  public CompletableFuture<List<ProcedureInfo>> list() {
    return metasrv
        .askLeader(
            Verb.PROCEDURE_LIST,
            ProcedureProto.Nothing.getDefaultInstance(),
            ProcedureProto.ProcedureInfos.parser(),
            metasrv.callTimeout(),
            LostAnswer.ASK_AGAIN)
        .thenApply(ProcedureWire::decode);
  }

  @Override
  public CompletableFuture<ProcedureInfo> await(ProcedureId id, Duration timeout) {
    return metasrv
        .askLeader(
            Verb.PROCEDURE_AWAIT,
            ProcedureProto.AwaitProcedure.newBuilder()
                .setId(ProcedureWire.encode(id))
                .setTimeout(TimeWire.encode(timeout))
                .build(),
            ProcedureProto.ProcedureInfo.parser(),
            timeout.plus(metasrv.callTimeout()),
            LostAnswer.ASK_AGAIN)
        .thenApply(ProcedureWire::decode);
  }

  @Override
  public CompletableFuture<ProcedureInfo> cancel(ProcedureId id, String askedBy) {
    return metasrv
        .askLeader(
            Verb.PROCEDURE_CANCEL,
            ProcedureProto.CancelProcedure.newBuilder()
                .setId(ProcedureWire.encode(id))
                .setAskedBy(askedBy)
                .build(),
            ProcedureProto.ProcedureInfo.parser(),
            metasrv.callTimeout(),
            LostAnswer.ASK_AGAIN)
        .thenApply(ProcedureWire::decode);
  }

  @Override
  public CompletableFuture<MigrationPlan> explain(ProcedureRequest.MigrateRegion move) {
    return metasrv
        .askLeader(
            Verb.MIGRATION_EXPLAIN,
            ProcedureWire.encode(move),
            ProcedureProto.MigrationPlan.parser(),
            metasrv.callTimeout(),
            LostAnswer.ASK_AGAIN)
        .thenApply(MigrationWire::decode);
  }
}
