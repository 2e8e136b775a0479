package io.terrane.frontend.mysql.auth;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.Privilege;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * One attempt to log in: {@link #begin} with what the client sent, then {@link #resume} with each
 * further packet until it is {@link Step.Accepted}. Fails with ACCESS_DENIED. An unknown user goes
 * the same way as a wrong password.
 */
public final class Login {
  private final Authentication plugins;
  private final Transport transport;
  private final String user;
  private final String host;
  private final Optional<UserAccount> account;
  private byte[] salt;
  private AuthPlugin plugin;
  private boolean passwordUsed;
  private boolean switched;

  Login(Authentication plugins, Transport transport, String user, InetAddress from, byte[] salt) {
    this.plugins = plugins;
    this.transport = transport;
    this.user = user;
    this.host = hostName(from);
    this.account = plugins.users().find(user, from);
    this.salt = salt;
  }

  /** What to do next. */
  public sealed interface Step {
    /**
     * The user is who he says.
     *
     * @param notice plugin data to send before the OK, or empty
     */
    record Accepted(byte[] notice, Set<Privilege> privileges) implements Step {}

    /** Send this plugin data and wait for the answer. */
    record More(byte[] data) implements Step {}

    /** Ask for an answer by another plugin and wait for it. */
    record Switch(String authPlugin, byte[] salt) implements Step {}
  }

  /** The name of a client's machine in messages and for the session. */
  public static String hostName(InetAddress address) {
    return address.isLoopbackAddress() ? "localhost" : address.getHostAddress();
  }

  /**
   * @param pluginName the plugin by which {@code response} was made
   */
  public Step begin(String pluginName, byte[] response) {
    Password password = password();
    Optional<AuthPlugin> named = plugins.find(pluginName).filter(p -> p.canCheck(password));
    if (named.isEmpty()) {
      return switchPlugin();
    }
    plugin = named.get();
    passwordUsed = response.length > 0;
    return next(plugin.begin(password, salt, transport, response));
  }

  /** Asks for an answer to a fresh salt, whatever the client may have sent before. */
  public Step switchPlugin() {
    Password password = password();
    plugin = plugins.pluginFor(password);
    salt = plugins.newSalt();
    switched = true;
    return new Step.Switch(plugin.pluginName(), salt);
  }

  public Step resume(byte[] reply) {
    if (switched) {
      switched = false;
      passwordUsed = reply.length > 0;
      return next(plugin.begin(password(), salt, transport, reply));
    }
    return next(plugin.resume(password(), salt, transport, reply));
  }

  private Password password() {
    return account.map(UserAccount::password).orElse(plugins.unknownUsersPassword());
  }

  private Step next(AuthOutcome outcome) {
    if (outcome instanceof AuthOutcome.Ask ask) {
      return new Step.More(ask.data());
    }
    if (outcome instanceof AuthOutcome.Proven proven && account.isPresent()) {
      return new Step.Accepted(proven.notice(), account.get().privileges());
    }
    throw new TerraneException(
        ErrorCode.ACCESS_DENIED,
        "Access denied for user '"
            + user
            + "'@'"
            + host
            + "' (using password: "
            + (passwordUsed ? "YES" : "NO")
            + ")");
  }
}
