package io.terrane.query.function.admin;

import java.util.Objects;

/**
 * Who calls an admin function, and from where.
 *
 * @param database the session's, empty if none
 * @param user {@code user@host}
 */
public record AdminCaller(String database, String user) {
  public AdminCaller {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(user, "user");
  }
}
