package io.terrane.server.config;

import io.terrane.api.node.NodeId;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.frontend.mysql.MySqlServerConfig;
import io.terrane.log.LogConfig;
import io.terrane.meta.MetasrvConfig;
import io.terrane.objectstore.ObjectStoreConfig;
import io.terrane.query.QueryConfig;
import io.terrane.rpc.channel.RpcConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a process can be told, one record per room. Built from defaults, then a TOML file,
 * then {@code TERRANE_…} variables, then {@code --set key=value}.
 *
 * @param metasrvListen where the metasrv serves other nodes
 * @param metasrvAddresses where other nodes find metasrvs
 * @param datanodeListen where the datanode serves other nodes
 */
public record TerraneConfig(
    MySqlServerConfig mysql,
    QueryConfig query,
    MetasrvConfig metasrv,
    InetSocketAddress metasrvListen,
    List<String> metasrvAddresses,
    DatanodeConfig datanode,
    InetSocketAddress datanodeListen,
    LogConfig log,
    ObjectStoreConfig objectStore,
    RpcConfig rpc) {

  /** A ConfigException lists all that is wrong. */
  public static TerraneConfig load(
      Optional<Path> file, Map<String, String> environment, List<String> sets) {
    ConfigProblems problems = new ConfigProblems();
    ConfigBinder binder =
        new ConfigBinder(ConfigValues.read(file, environment, sets, problems), problems);
    TerraneConfig config =
        new TerraneConfig(
            binder.bind("frontend.mysql", MySqlServerConfig.DEFAULT),
            binder.bind("query", QueryConfig.defaults(MySqlServerConfig.SERVER_VERSION)),
            binder.bind("metasrv", MetasrvConfig.DEFAULT),
            address(binder, problems, "metasrv.listen", "127.0.0.1:4003"),
            addresses(binder.text("metasrv.address", "127.0.0.1:4003")),
            binder.bind("datanode", DatanodeConfig.defaults(new NodeId(0))),
            address(binder, problems, "datanode.listen", "127.0.0.1:4004"),
            binder.bind("log", LogConfig.defaults()),
            binder.bind("object-store", ObjectStoreConfig.defaults()),
            binder.bind("rpc", RpcConfig.defaults()));
    binder.reportUnknownKeys();
    if (!problems.all().isEmpty()) {
      throw new ConfigException(problems.all());
    }
    return config;
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
      return new InetSocketAddress(
          text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException malformed) {
      problems.add(key + " = " + text + ": expected host:port");
      return new InetSocketAddress(0);
    }
  }

  /** The configuration as it is in force, secrets hidden. */
  public List<String> lines() {
    return List.of(
        "frontend.mysql: " + mysql,
        "query: " + query,
        "metasrv: listen " + metasrvListen + ", address " + metasrvAddresses + ", " + metasrv,
        "datanode: listen " + datanodeListen + ", " + datanode,
        "log: " + log,
        "object-store: " + objectStore,
        "rpc: " + rpc);
  }
}
