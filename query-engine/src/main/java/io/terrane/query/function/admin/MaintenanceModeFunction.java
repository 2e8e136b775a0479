package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Locale;

/**
 * {@code maintenance_mode('on' | 'off')}: while it is on no region leaves a datanode because that
 * is silent. Answers 0 once it is stored.
 */
final class MaintenanceModeFunction extends AdminFunction {
  private final ProcedureCalls procedures;

  MaintenanceModeFunction(ProcedureCalls procedures) {
    super("maintenance_mode", 1, Parameter.TEXT);
    this.procedures = procedures;
  }

  @Override
  public DataType resultType() {
    return DataType.INT64;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    String mode = (String) arguments.get(0).value();
    boolean on =
        switch (mode.toLowerCase(Locale.ROOT)) {
          case "on" -> true;
          case "off" -> false;
          default ->
              throw new TerraneException(
                  ErrorCode.INVALID_ARGUMENT,
                  "Invalid argument of maintenance_mode: expect 'on' or 'off', have: '"
                      + mode
                      + "'");
        };
    procedures.run(new ProcedureRequest.SetMaintenanceMode(on), name());
    return Datum.of(0L);
  }
}
