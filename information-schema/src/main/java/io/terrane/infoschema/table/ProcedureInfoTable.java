package io.terrane.infoschema.table;

import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;

/** {@code procedure_info}: running procedures and those that are kept, oldest first. */
public final class ProcedureInfoTable {

  private ProcedureInfoTable() {}

  public static SystemTable<?> create(ClusterReports reports) {
    return SystemTable.<ProcedureInfo>named(34, "procedure_info")
        .text("procedure_id", info -> info.id().toString())
        .text("procedure_type", ProcedureInfo::type)
        .millis("start_time", ProcedureInfo::startedAt)
        .millis("end_time", info -> info.endedAt().orElse(null))
        .text("status", info -> info.status().label())
        .text("lock_keys", info -> String.join(",", info.lockKeys()))
        .text("step", ProcedureInfo::step)
        .text("error", info -> info.error().orElse(null))
        .rows(context -> reports.procedures());
  }
}
