package io.terrane.frontend.mysql.auth;

import java.net.InetAddress;
import java.util.Optional;

/** Knows the users. Thread-safe; does not block. */
@FunctionalInterface
public interface UserStore {
  /** The account a client of that name and address has; empty if it may not come in. */
  Optional<UserAccount> find(String name, InetAddress from);
}
