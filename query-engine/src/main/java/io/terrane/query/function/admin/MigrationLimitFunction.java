package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureRequest.SetMigrationLimit;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;

/**
 * {@code set_migration_limits(regions_at_once [, replay_bytes_per_second])}: how many regions
 * drains, failover and moves of tables move at a time, and how much of the log the candidates of
 * one datanode read per second until they take over (0, or not given: any). Answers 0 once that is
 * stored; what runs already goes on.
 */
final class MigrationLimitFunction extends AdminFunction {
  private final ProcedureCalls procedures;

  MigrationLimitFunction(ProcedureCalls procedures) {
    super("set_migration_limits", 1, Parameter.NUMBER, Parameter.NUMBER);
    this.procedures = procedures;
  }

  @Override
  public DataType resultType() {
    return DataType.INT64;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    long regions = number(arguments.get(0));
    if (regions < 1 || regions > SetMigrationLimit.REGIONS_AT_ONCE_MAX) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "Invalid argument of set_migration_limits: expect 1 to "
              + SetMigrationLimit.REGIONS_AT_ONCE_MAX
              + " regions at once, have: "
              + regions);
    }
    long rate = arguments.size() > 1 ? number(arguments.get(1)) : 0;
    procedures.run(new SetMigrationLimit((int) regions, rate), name());
    return Datum.of(0L);
  }
}
