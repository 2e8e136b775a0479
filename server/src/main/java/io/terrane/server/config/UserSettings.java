package io.terrane.server.config;

import io.terrane.api.sql.Privilege;
import io.terrane.frontend.mysql.auth.Password;
import io.terrane.frontend.mysql.auth.UserAccount;
import io.terrane.objectstore.Secret;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The table {@code [frontend.mysql.users.NAME]}.
 *
 * @param password in clear; empty for none. Better given by the environment than by the file
 * @param passwordHash as {@code mysql.user} has it, instead of the password
 * @param from {@code loopback} or {@code anywhere}
 * @param admin may call the functions that do something to the cluster
 */
record UserSettings(
    Secret password, Optional<String> passwordHash, UserAccount.Origin from, boolean admin) {
  static final UserSettings DEFAULT =
      new UserSettings(new Secret(""), Optional.empty(), UserAccount.Origin.LOOPBACK, false);

  UserSettings {
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(passwordHash, "passwordHash");
    Objects.requireNonNull(from, "from");
    if (passwordHash.isPresent() && !password.value().isEmpty()) {
      throw new IllegalArgumentException("password and password-hash exclude each other");
    }
    if (passwordHash.isEmpty()
        && password.value().isEmpty()
        && from == UserAccount.Origin.ANYWHERE) {
      throw new IllegalArgumentException("a user from anywhere needs a password");
    }
  }

  UserAccount account(String name) {
    return new UserAccount(
        name,
        passwordHash.map(Password::ofHash).orElseGet(() -> Password.ofClear(password.value())),
        from,
        admin ? Set.of(Privilege.ADMIN) : Set.of());
  }
}
