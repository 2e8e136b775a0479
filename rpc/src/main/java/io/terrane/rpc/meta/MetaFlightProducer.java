package io.terrane.rpc.meta;

import io.terrane.api.service.CatalogService;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.rpc.channel.ActionTable;
import io.terrane.rpc.channel.Verb;
import io.terrane.rpc.proto.CatalogProto;
import io.terrane.rpc.proto.NodeProto;
import io.terrane.rpc.proto.ProcedureProto;
import io.terrane.rpc.wire.MigrationWire;
import io.terrane.rpc.wire.NodeWire;
import io.terrane.rpc.wire.ProcedureWire;
import io.terrane.rpc.wire.TimeWire;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.Result;

/** Publishes the metasrv: everything is a small question (DoAction). */
public final class MetaFlightProducer extends NoOpFlightProducer {

  private final CatalogService catalog;
  private final CatalogHistory history = new CatalogHistory();
  private final ActionTable actions;

  public MetaFlightProducer(
      CatalogService catalog, ProcedureService procedures, MembershipService membership) {
    this.catalog = catalog;
    this.actions =
        new ActionTable()
            .on(Verb.CATALOG, CatalogProto.CatalogRequest.parser(), this::readCatalog)
            .on(
                Verb.PROCEDURE_SUBMIT,
                ProcedureProto.SubmitProcedure.parser(),
                submit ->
                    procedures
                        .submit(
                            ProcedureWire.decode(submit.getRequest()), submit.getIdempotencyKey())
                        .thenApply(ProcedureWire::encode))
            .on(
                Verb.PROCEDURE_FIND,
                ProcedureProto.ProcedureId.parser(),
                id ->
                    procedures
                        .find(ProcedureWire.decode(id))
                        .thenApply(found -> ProcedureWire.encode(found.stream().toList())))
            .on(
                Verb.PROCEDURE_LIST,
                ProcedureProto.Nothing.parser(),
                nothing -> procedures.list().thenApply(ProcedureWire::encode))
            .on(
                Verb.PROCEDURE_AWAIT,
                ProcedureProto.AwaitProcedure.parser(),
                await ->
                    procedures
                        .await(
                            ProcedureWire.decode(await.getId()),
                            TimeWire.decode(await.getTimeout()))
                        .thenApply(ProcedureWire::encode))
            .on(
                Verb.PROCEDURE_CANCEL,
                ProcedureProto.CancelProcedure.parser(),
                cancel ->
                    procedures
                        .cancel(ProcedureWire.decode(cancel.getId()), cancel.getAskedBy())
                        .thenApply(ProcedureWire::encode))
            .on(
                Verb.MIGRATION_EXPLAIN,
                ProcedureProto.ProcedureRequest.MigrateRegion.parser(),
                move ->
                    procedures.explain(ProcedureWire.decode(move)).thenApply(MigrationWire::encode))
            .on(
                Verb.HEARTBEAT,
                NodeProto.Heartbeat.parser(),
                heartbeat ->
                    membership.heartbeat(NodeWire.decode(heartbeat)).thenApply(NodeWire::encode))
            .on(
                Verb.CLUSTER,
                ProcedureProto.Nothing.parser(),
                nothing -> membership.cluster().thenApply(NodeWire::encode));
  }

  @Override
  public void doAction(CallContext context, Action action, StreamListener<Result> listener) {
    actions.run(action, listener);
  }

  private CompletableFuture<CatalogProto.CatalogReply> readCatalog(
      CatalogProto.CatalogRequest request) {
    CompletableFuture<CatalogSnapshot> snapshot =
        request.hasWait()
            ? catalog.newerThan(request.getKnownVersion(), TimeWire.decode(request.getWait()))
            : catalog.latest();
    return snapshot.thenApply(read -> history.replyTo(request.getKnownVersion(), read));
  }
}
