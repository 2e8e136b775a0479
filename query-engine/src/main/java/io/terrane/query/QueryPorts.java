package io.terrane.query;

import io.terrane.api.service.CatalogService;
import io.terrane.api.service.Datanodes;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.service.TableSizes;
import io.terrane.api.table.VirtualTable;
import java.util.List;
import java.util.Objects;

/** The rooms around the query engine, as it sees them. */
public record QueryPorts(
    CatalogService catalog,
    ProcedureService procedures,
    Datanodes datanodes,
    TableSizes sizes,
    List<VirtualTable> systemTables) {
  public QueryPorts {
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(procedures, "procedures");
    Objects.requireNonNull(datanodes, "datanodes");
    Objects.requireNonNull(sizes, "sizes");
    systemTables = List.copyOf(systemTables);
  }
}
