package io.terrane.query.function.admin;

import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;

/**
 * {@code procedure_state(id)}: JSON with {@code status} and, where it went wrong, {@code error}.
 */
final class ProcedureStateFunction extends AdminFunction {
  private final ProcedureCalls procedures;

  ProcedureStateFunction(ProcedureCalls procedures) {
    super("procedure_state", 1, Parameter.TEXT);
    this.procedures = procedures;
  }

  @Override
  public DataType resultType() {
    return DataType.STRING;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    ProcedureId id = ProcedureId.parse((String) arguments.get(0).value());
    return Datum.of(json(procedures.find(id)));
  }

  static String json(ProcedureInfo info) {
    JsonText json = new JsonText().field("status", info.status().label());
    boolean quiet =
        info.status() == ProcedureStatus.RUNNING || info.status() == ProcedureStatus.DONE;
    if (!quiet && info.error().isPresent()) {
      json.field("error", info.error().get());
    }
    return json.text();
  }
}
