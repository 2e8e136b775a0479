package io.terrane.frontend.mysql;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Settings of the MySQL listener.
 *
 * @param host address to listen on
 * @param port 0 picks a free one
 * @param serverVersion what clients read as the version; drivers decide by its number
 * @param eventLoops threads that move bytes; they never run statements
 * @param connectionsMax more are refused with error 1040
 * @param loginTimeout from the greeting to the OK
 * @param idleTimeout between two commands
 * @param writeTimeout how long a client may take no bytes of a result
 * @param packetBytesMax the largest packet of a logged-in client, MySQL's max_allowed_packet
 * @param statementsMax prepared statements of one connection
 * @param tls what TLS is offered with; without it, none is offered
 */
public record MySqlServerConfig(
    String host,
    int port,
    String serverVersion,
    int eventLoops,
    int connectionsMax,
    Duration loginTimeout,
    Duration idleTimeout,
    Duration writeTimeout,
    int packetBytesMax,
    int statementsMax,
    Optional<TlsFiles> tls) {
  public static final String SERVER_VERSION = "8.4.0-Terrane-0.1.0";

  public static final MySqlServerConfig DEFAULT =
      new MySqlServerConfig(
          "127.0.0.1",
          4002,
          SERVER_VERSION,
          2,
          1000,
          Duration.ofSeconds(10),
          Duration.ofHours(8),
          Duration.ofMinutes(10),
          64 << 20,
          16_382,
          Optional.empty());

  public MySqlServerConfig {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(serverVersion, "serverVersion");
    Objects.requireNonNull(tls, "tls");
    check(port >= 0 && port <= 65_535, "port", port);
    check(eventLoops >= 1, "eventLoops", eventLoops);
    check(connectionsMax >= 1, "connectionsMax", connectionsMax);
    check(loginTimeout.toMillis() > 0, "loginTimeout", loginTimeout);
    check(idleTimeout.toMillis() > 0, "idleTimeout", idleTimeout);
    check(writeTimeout.toMillis() > 0, "writeTimeout", writeTimeout);
    check(packetBytesMax >= 1 << 10 && packetBytesMax <= 1 << 30, "packetBytesMax", packetBytesMax);
    check(statementsMax >= 1, "statementsMax", statementsMax);
  }

  public MySqlServerConfig listeningOn(String newHost, int newPort) {
    return new MySqlServerConfig(
        newHost,
        newPort,
        serverVersion,
        eventLoops,
        connectionsMax,
        loginTimeout,
        idleTimeout,
        writeTimeout,
        packetBytesMax,
        statementsMax,
        tls);
  }

  public MySqlServerConfig offering(TlsFiles files) {
    return new MySqlServerConfig(
        host,
        port,
        serverVersion,
        eventLoops,
        connectionsMax,
        loginTimeout,
        idleTimeout,
        writeTimeout,
        packetBytesMax,
        statementsMax,
        Optional.of(files));
  }

  private static void check(boolean valid, String name, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(name + " may not be " + value);
    }
  }
}
