package io.terrane.server.config;

import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.frontend.mysql.MySqlServerConfig;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.auth.UserAccount;
import io.terrane.log.LogConfig;
import io.terrane.meta.MetasrvConfig;
import io.terrane.objectstore.ObjectStoreConfig;
import io.terrane.query.QueryConfig;
import io.terrane.rpc.channel.RpcConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a process can be told, one record per room. Built from defaults, then a TOML file,
 * then {@code TERRANE_…} variables, then {@code --set key=value}.
 *
 * @param users who may log in: root from loopback unless {@code [frontend.mysql.users.NAME]} lists
 *     others
 * @param metasrvListen where the metasrv serves other nodes
 * @param metasrvAddresses where other nodes find metasrvs
 * @param datanodeListen where the datanode serves other nodes
 * @param httpListen where health and metrics are answered; empty: nowhere
 */
public record TerraneConfig(
    MySqlServerConfig mysql,
    ConfiguredUsers users,
    QueryConfig query,
    MetasrvConfig metasrv,
    InetSocketAddress metasrvListen,
    List<String> metasrvAddresses,
    DatanodeConfig datanode,
    InetSocketAddress datanodeListen,
    LogConfig log,
    ObjectStoreConfig objectStore,
    RpcConfig rpc,
    Optional<InetSocketAddress> httpListen) {

  private static final String USERS = "frontend.mysql.users";
  private static final Duration LEADER_TIMEOUT = Duration.ofSeconds(2);

  /**
   * A ConfigException lists all that is wrong.
   *
   * @param required keys that the role cannot guess
   */
  public static TerraneConfig load(
      Optional<Path> file,
      Map<String, String> environment,
      List<String> sets,
      List<String> required) {
    ConfigProblems problems = new ConfigProblems();
    ConfigBinder binder =
        new ConfigBinder(ConfigValues.read(file, environment, sets, problems), problems);
    required.stream()
        .filter(key -> !binder.isGiven(key))
        .forEach(key -> problems.add(key + " is missing"));
    List<String> addresses = addresses(binder.text("metasrv.address", "127.0.0.1:4003"));
    TerraneConfig config =
        new TerraneConfig(
            binder.bind("frontend.mysql", MySqlServerConfig.DEFAULT),
            users(binder, problems),
            binder.bind("query", QueryConfig.defaults(MySqlServerConfig.SERVER_VERSION)),
            metasrv(binder, addresses, problems),
            address(binder, problems, "metasrv.listen", "127.0.0.1:4003"),
            addresses,
            binder.bind("datanode", DatanodeConfig.defaults(new NodeId(0))),
            address(binder, problems, "datanode.listen", "127.0.0.1:4004"),
            binder.bind("log", LogConfig.defaults()),
            binder.bind("object-store", ObjectStoreConfig.defaults()),
            binder.bind("rpc", RpcConfig.defaults()),
            binder.isGiven("http.listen")
                ? Optional.of(address(binder, problems, "http.listen", ""))
                : Optional.empty());
    binder.reportUnknownKeys();
    if (!problems.all().isEmpty()) {
      throw new ConfigException(problems.all());
    }
    return config;
  }

  private static ConfiguredUsers users(ConfigBinder binder, ConfigProblems problems) {
    List<UserAccount> accounts = new ArrayList<>();
    for (String name : binder.tables(USERS)) {
      try {
        accounts.add(binder.bind(USERS + "." + name, UserSettings.DEFAULT).account(name));
      } catch (TerraneException malformed) {
        problems.add("[" + USERS + "." + name + "] " + malformed.getMessage());
      }
    }
    return accounts.isEmpty() ? ConfiguredUsers.LOCAL_ROOT : new ConfiguredUsers(accounts);
  }

  /**
   * The number of topics is the log's; the grace is never shorter than what it waits out; a metasrv
   * is alone unless several are named.
   */
  private static MetasrvConfig metasrv(
      ConfigBinder binder, List<String> addresses, ConfigProblems problems) {
    if (binder.isGiven("metasrv.wal-topics")) {
      problems.add("metasrv.wal-topics is not set here: log.wal-topics says how many there are");
    }
    Duration leaderTimeout = addresses.size() > 1 ? LEADER_TIMEOUT : Duration.ZERO;
    MetasrvConfig bound =
        binder.bind("metasrv", MetasrvConfig.DEFAULT.withLeaderTimeout(leaderTimeout));
    Duration least = bound.leaseDuration().plus(bound.leaseMargin());
    if (!binder.isGiven("metasrv.initial-lease-grace")) {
      return bound.withInitialLeaseGrace(least);
    }
    if (bound.initialLeaseGrace().compareTo(least) < 0) {
      problems.add(
          "metasrv.initial-lease-grace = "
              + bound.initialLeaseGrace()
              + " is shorter than a lease and its margin, "
              + least
              + ": a datanode could still lead by a lease that the metasrv does not know of");
    }
    return bound;
  }

  private static List<String> addresses(String text) {
    List<String> addresses = new ArrayList<>();
    for (String address : text.split(",", -1)) {
      if (!address.isBlank()) {
        addresses.add(address.trim());
      }
    }
    return addresses;
  }

  private static InetSocketAddress address(
      ConfigBinder binder, ConfigProblems problems, String key, String fallback) {
    String text = binder.text(key, fallback);
    int colon = text.lastIndexOf(':');
    try {
      if (colon < 1) {
        throw new IllegalArgumentException("no host");
      }
      InetSocketAddress address =
          new InetSocketAddress(
              text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
      if (address.isUnresolved()) {
        problems.add(key + " = " + text + ": no address is known for this name");
      }
      return address;
    } catch (IllegalArgumentException malformed) {
      problems.add(key + " = " + text + ": expected host:port");
      return new InetSocketAddress(0);
    }
  }

  /** The configuration as it is in force, secrets hidden. */
  public List<String> lines() {
    return List.of(
        "frontend.mysql: " + mysql,
        "users: " + users,
        "query: " + query,
        "metasrv: listen " + metasrvListen + ", address " + metasrvAddresses + ", " + metasrv,
        "datanode: listen " + datanodeListen + ", " + datanode,
        "log: " + log,
        "object-store: " + objectStore,
        "rpc: " + rpc,
        "http: " + httpListen.map(listen -> "listen " + listen).orElse("off"));
  }
}
