package io.terrane.query.function.admin;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;

/**
 * {@code drain_datanode(id)}: its regions go elsewhere and none comes, until {@code
 * undrain_datanode(id)}. Answers 0 once that is stored; {@code migration_tasks} tells how far it
 * is.
 */
final class DrainFunction extends AdminFunction {
  private final ProcedureCalls procedures;

  /**
   * @param name {@code drain_datanode} or {@code undrain_datanode}
   */
  DrainFunction(String name, ProcedureCalls procedures) {
    super(name, 1, Parameter.NUMBER);
    this.procedures = procedures;
  }

  @Override
  public DataType resultType() {
    return DataType.INT64;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    NodeId node = new NodeId(number(arguments.get(0)));
    procedures.run(new ProcedureRequest.SetDrained(node, name().startsWith("drain")), name());
    return Datum.of(0L);
  }
}
