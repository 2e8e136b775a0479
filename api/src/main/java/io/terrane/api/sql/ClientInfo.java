package io.terrane.api.sql;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who opened a session.
 *
 * @param connectionId what CONNECTION_ID() answers
 * @param foundRows the client wants matched rows rather than changed rows counted
 * @param attributes connection attributes the driver sent
 */
public record ClientInfo(
    long connectionId,
    String user,
    String host,
    Set<Privilege> privileges,
    Optional<String> database,
    boolean foundRows,
    Map<String, String> attributes) {
  public ClientInfo {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(host, "host");
    privileges = Set.copyOf(privileges);
    Objects.requireNonNull(database, "database");
    attributes = Map.copyOf(attributes);
  }
}
