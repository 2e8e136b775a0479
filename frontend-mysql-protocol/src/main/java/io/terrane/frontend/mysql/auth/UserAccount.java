package io.terrane.frontend.mysql.auth;

import io.terrane.api.sql.Privilege;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Set;

/** Who may log in, with what, from where, and what for. */
public record UserAccount(
    String name, Password password, Origin origin, Set<Privilege> privileges) {
  /** Where a user may come from. */
  public enum Origin {
    ANYWHERE,
    /** Only from the machine the server runs on. */
    LOOPBACK
  }

  public UserAccount {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(origin, "origin");
    privileges = Set.copyOf(privileges);
  }

  boolean isAllowedFrom(InetAddress address) {
    return origin == Origin.ANYWHERE || address.isLoopbackAddress();
  }
}
