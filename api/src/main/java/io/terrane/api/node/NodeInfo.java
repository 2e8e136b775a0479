package io.terrane.api.node;

import java.time.Instant;
import java.util.Objects;

/**
 * A node as it describes itself.
 *
 * @param id for frontends and metasrvs a number that is unique within the role
 * @param address host:port others reach it at; in-process nodes give a name
 * @param startedAt also tells two lives of one node apart
 */
public record NodeInfo(
    NodeId id,
    NodeRole role,
    String address,
    String hostname,
    String version,
    String commit,
    int cpus,
    long memoryBytes,
    Instant startedAt) {
  public NodeInfo {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(hostname, "hostname");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(startedAt, "startedAt");
  }
}
