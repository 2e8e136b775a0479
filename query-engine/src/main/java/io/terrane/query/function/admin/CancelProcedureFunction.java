package io.terrane.query.function.admin;

import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;

/**
 * {@code cancel_procedure(id)}: sends a migration back to where it began, as long as the region has
 * not changed its leader. Answers the state it is in then, as {@code procedure_state} does.
 */
final class CancelProcedureFunction extends AdminFunction {
  private final ProcedureCalls procedures;

  CancelProcedureFunction(ProcedureCalls procedures) {
    super("cancel_procedure", 1, Parameter.TEXT);
    this.procedures = procedures;
  }

  @Override
  public DataType resultType() {
    return DataType.STRING;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    ProcedureId id = ProcedureId.parse((String) arguments.get(0).value());
    return Datum.of(ProcedureStateFunction.json(procedures.cancel(id, caller.user())));
  }
}
