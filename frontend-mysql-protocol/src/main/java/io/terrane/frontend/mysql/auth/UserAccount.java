package io.terrane.frontend.mysql.auth;

import java.net.InetAddress;
import java.util.Objects;

/** Who may log in, with what, from where. */
public record UserAccount(String name, Password password, Origin origin) {
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
  }

  boolean isAllowedFrom(InetAddress address) {
    return origin == Origin.ANYWHERE || address.isLoopbackAddress();
  }
}
