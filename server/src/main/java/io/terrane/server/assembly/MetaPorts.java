package io.terrane.server.assembly;

import io.terrane.api.service.CatalogService;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.ProcedureService;

/** The metasrv's three ports as one node sees them. */
public record MetaPorts(
    CatalogService catalog, ProcedureService procedures, MembershipService membership) {}
