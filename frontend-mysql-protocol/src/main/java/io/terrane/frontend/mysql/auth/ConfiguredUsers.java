package io.terrane.frontend.mysql.auth;

import io.terrane.api.sql.Privilege;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The users that the configuration lists; immutable. */
public final class ConfiguredUsers implements UserStore {
  /** {@code root} without a password, from this machine only. */
  public static final ConfiguredUsers LOCAL_ROOT =
      new ConfiguredUsers(
          List.of(
              new UserAccount(
                  "root", Password.EMPTY, UserAccount.Origin.LOOPBACK, Set.of(Privilege.ADMIN))));

  private final Map<String, UserAccount> accounts;

  public ConfiguredUsers(Collection<UserAccount> accounts) {
    this.accounts =
        accounts.stream()
            .collect(Collectors.toUnmodifiableMap(UserAccount::name, Function.identity()));
  }

  /** In no order; passwords do not print. */
  @Override
  public String toString() {
    return accounts.values().toString();
  }

  @Override
  public Optional<UserAccount> find(String name, InetAddress from) {
    return Optional.ofNullable(accounts.get(name)).filter(account -> account.isAllowedFrom(from));
  }
}
