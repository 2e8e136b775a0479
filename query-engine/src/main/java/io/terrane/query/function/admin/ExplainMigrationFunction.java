package io.terrane.query.function.admin;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationPlan;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.ProcedureRequest.MigrateRegion;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.time.Duration;
import java.util.List;

/**
 * {@code explain_migration(region_id, from_peer, to_peer)}: what a move would meet and cost, as
 * JSON. Nothing moves.
 */
final class ExplainMigrationFunction extends AdminFunction {
  private final ProcedureCalls procedures;

  ExplainMigrationFunction(ProcedureCalls procedures) {
    super("explain_migration", 3, Parameter.NUMBER, Parameter.NUMBER, Parameter.NUMBER);
    this.procedures = procedures;
  }

  @Override
  public DataType resultType() {
    return DataType.STRING;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    return Datum.of(
        json(
            procedures.explain(
                new MigrateRegion(
                    new RegionId(number(arguments.get(0))),
                    new NodeId(number(arguments.get(1))),
                    new NodeId(number(arguments.get(2))),
                    MigrateRegionFunction.REPLAY_TIMEOUT_DEFAULT,
                    MigrationReason.MANUAL,
                    caller.user()))));
  }

  /** Numbers that nobody knows are null. */
  private static String json(MigrationPlan plan) {
    JsonText json = new JsonText().field("possible", plan.isPossible());
    json.open("checks");
    for (MigrationPlan.Check check : plan.checks()) {
      json.field(check.name(), check.problem().orElse("ok"));
    }
    return json.close()
        .field("sst_bytes", known(plan.sstBytes()))
        .field("memtable_bytes", known(plan.memtableBytes()))
        .field("unflushed_rows", known(plan.unflushedRows()))
        .field("lease_wait_ms", plan.leaseWait().toMillis())
        .field("usual_stall_ms", plan.usualStall().map(Duration::toMillis).orElse(null))
        .text();
  }

  private static Long known(long value) {
    return value < 0 ? null : value;
  }
}
