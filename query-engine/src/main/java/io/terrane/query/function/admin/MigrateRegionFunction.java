package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.ProcedureRequest.MigrateRegion;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code migrate_region(region_id, from_peer, to_peer[, replay_timeout_seconds])}, in ADMIN also
 * {@code stall_budget => '200ms'} and {@code verify => true}: submits a migration and answers the
 * procedure's id. The metasrv checks that region and peers fit.
 */
final class MigrateRegionFunction extends AdminFunction {
  static final Duration REPLAY_TIMEOUT_DEFAULT = Duration.ofSeconds(300);
  private static final long REPLAY_TIMEOUT_SECONDS_MAX = Integer.MAX_VALUE;

  private final ProcedureCalls procedures;

  MigrateRegionFunction(ProcedureCalls procedures) {
    super(
        "migrate_region",
        3,
        Parameter.NUMBER,
        Parameter.NUMBER,
        Parameter.NUMBER,
        Parameter.NUMBER);
    this.procedures = procedures;
  }

  @Override
  public DataType resultType() {
    return DataType.STRING;
  }

  @Override
  Set<String> optionNames() {
    return MigrationOptionReader.NAMES;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    return act(arguments, Map.of(), caller);
  }

  @Override
  Datum act(List<Datum> arguments, Map<String, Datum> options, AdminCaller caller) {
    RegionId region = new RegionId(number(arguments.get(0)));
    NodeId from = new NodeId(number(arguments.get(1)));
    NodeId to = new NodeId(number(arguments.get(2)));
    Duration replayTimeout =
        arguments.size() > 3 ? seconds(number(arguments.get(3))) : REPLAY_TIMEOUT_DEFAULT;
    if (from.equals(to)) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "Invalid arguments of migrate_region: from_peer and to_peer are both " + from);
    }
    MigrateRegion request =
        new MigrateRegion(
            region,
            from,
            to,
            replayTimeout,
            MigrationReason.MANUAL,
            caller.user(),
            MigrationOptionReader.read(options));
    return Datum.of(procedures.submit(request, name()).toString());
  }

  private static Duration seconds(long seconds) {
    if (seconds == 0 || seconds > REPLAY_TIMEOUT_SECONDS_MAX) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "Invalid replay_timeout of migrate_region: "
              + seconds
              + " s; it must be between 1 and "
              + REPLAY_TIMEOUT_SECONDS_MAX);
    }
    return Duration.ofSeconds(seconds);
  }
}
