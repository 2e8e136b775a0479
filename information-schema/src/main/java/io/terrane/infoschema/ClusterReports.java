package io.terrane.infoschema;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.ClusterView;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.ProcedureService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the metasrv tells, asked with a time limit. Tables that consist of it fail when the metasrv
 * cannot be asked; tables that are only decorated with it show NULL. Blocks; for query threads.
 */
public final class ClusterReports {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterReports.class);
  private static final ClusterView NOTHING_KNOWN = new ClusterView(List.of(), Map.of(), Map.of());

  private final MembershipService membership;
  private final ProcedureService procedures;
  private final Duration timeout;

  public ClusterReports(
      MembershipService membership, ProcedureService procedures, Duration timeout) {
    this.membership = Objects.requireNonNull(membership, "membership");
    this.procedures = Objects.requireNonNull(procedures, "procedures");
    this.timeout = Objects.requireNonNull(timeout, "timeout");
  }

  /** Nodes and statistics; fails when the metasrv does. */
  public ClusterView cluster() {
    return await("list the nodes", membership.cluster());
  }

  /** Nodes and statistics, or none at all when the metasrv cannot be asked. */
  public ClusterView clusterOrNothing() {
    try {
      return cluster();
    } catch (TerraneException unavailable) {
      LOG.warn("no statistics in information_schema: {}", unavailable.getMessage());
      return NOTHING_KNOWN;
    }
  }

  /** All procedures that are kept, oldest first. */
  public List<ProcedureInfo> procedures() {
    return await("list the procedures", procedures.list());
  }

  private <T> T await(String what, CompletableFuture<T> answer) {
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw TerraneException.of(failed);
    } catch (TimeoutException late) {
      throw new TerraneException(
          ErrorCode.TIMED_OUT,
          what + ": the metasrv does not answer within " + timeout.toMillis() + " ms",
          late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TerraneException(
          ErrorCode.QUERY_INTERRUPTED, "Query execution was interrupted", interrupted);
    }
  }
}
