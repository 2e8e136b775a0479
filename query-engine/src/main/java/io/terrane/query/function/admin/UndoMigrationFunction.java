package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureRequest.MigrateRegion;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;

/**
 * {@code undo_migration(id)}: moves the region of a finished migration back; answers the new id.
 */
final class UndoMigrationFunction extends AdminFunction {
  private final ProcedureCalls procedures;

  UndoMigrationFunction(ProcedureCalls procedures) {
    super("undo_migration", 1, Parameter.TEXT);
    this.procedures = procedures;
  }

  @Override
  public DataType resultType() {
    return DataType.STRING;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    ProcedureId id = ProcedureId.parse((String) arguments.get(0).value());
    ProcedureInfo info = procedures.find(id);
    MigrationInfo move =
        info.migration().orElseThrow(() -> refused(id, "is no migration: it is a " + info.type()));
    if (!info.status().isFinal()) {
      throw refused(id, "still runs; cancel_procedure('" + id + "') stops it");
    }
    if (info.status() == ProcedureStatus.FAILED) {
      throw refused(id, "has failed: the region stayed on datanode " + move.from());
    }
    MigrateRegion back =
        new MigrateRegion(
            move.region(),
            move.to(),
            move.from(),
            MigrateRegionFunction.REPLAY_TIMEOUT_DEFAULT,
            MigrationReason.UNDO,
            caller.user());
    return Datum.of(procedures.submit(back, name()).toString());
  }

  private static TerraneException refused(ProcedureId id, String why) {
    return new TerraneException(ErrorCode.INVALID_ARGUMENT, "Procedure " + id + " " + why);
  }
}
