package io.terrane.server.assembly;

import io.terrane.api.node.NodeId;
import io.terrane.api.service.Datanodes;
import io.terrane.api.service.RegionService;
import io.terrane.rpc.channel.FlightChannels;
import io.terrane.rpc.channel.FlightEndpoint;
import io.terrane.rpc.channel.RpcConfig;
import io.terrane.rpc.meta.FlightCatalogService;
import io.terrane.rpc.meta.FlightMembershipService;
import io.terrane.rpc.meta.FlightProcedureService;
import io.terrane.rpc.meta.MetaClient;
import io.terrane.rpc.meta.MetaFlightProducer;
import io.terrane.rpc.meta.NodeAddresses;
import io.terrane.rpc.region.FlightDatanodes;
import io.terrane.rpc.region.RegionFlightProducer;
import io.terrane.server.lifecycle.ClosingStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** One node's end of the wire: its endpoint, and clients of the others. */
public final class FlightTransport implements ClusterTransport {
  private static final Duration ADDRESS_INTERVAL = Duration.ofSeconds(2);

  private final InetSocketAddress listen;
  private final RpcConfig config;
  private final BufferAllocator allocator;
  private final ThreadPools pools;
  private final FlightChannels channels;
  private final ClosingStack closing = new ClosingStack();
  private final Optional<MetaPorts> remoteMeta;
  private volatile MetaPorts ownMeta;
  private volatile NodeAddresses addresses;

  /**
   * @param listen port 0 takes a free one
   * @param metasrvs addresses of the metasrvs; empty on the metasrv itself
   */
  public FlightTransport(
      InetSocketAddress listen,
      List<String> metasrvs,
      RpcConfig config,
      BufferAllocator allocator,
      ThreadPools pools) {
    this.listen = listen.getPort() == 0 ? free(listen.getAddress()) : listen;
    this.config = config;
    this.allocator = allocator;
    this.pools = pools;
    this.channels =
        closing.add("channels", new FlightChannels(pools.io(), pools.scheduler(), config));
    this.remoteMeta = metasrvs.isEmpty() ? Optional.empty() : Optional.of(connect(metasrvs));
    remoteMeta.ifPresent(this::follow);
  }

  private MetaPorts connect(List<String> metasrvs) {
    MetaClient client = new MetaClient(channels, metasrvs, pools.scheduler());
    FlightCatalogService catalog =
        closing.add("catalogue", new FlightCatalogService(client, pools.scheduler()));
    catalog.start();
    return new MetaPorts(
        catalog, new FlightProcedureService(client), new FlightMembershipService(client));
  }

  private void follow(MetaPorts meta) {
    addresses =
        closing.add(
            "addresses", new NodeAddresses(meta.membership(), pools.scheduler(), ADDRESS_INTERVAL));
    addresses.start();
  }

  @Override
  public void publishMeta(MetaPorts ports) {
    ownMeta = ports;
    follow(ports);
    closing.add(
        "endpoint",
        FlightEndpoint.open(
            listen,
            new MetaFlightProducer(ports.catalog(), ports.procedures(), ports.membership()),
            allocator,
            pools.io(),
            config));
  }

  @Override
  public void publishRegions(NodeId node, RegionService regions) {
    closing.add(
        "endpoint",
        FlightEndpoint.open(
            listen,
            new RegionFlightProducer(regions, allocator, pools.io()),
            allocator,
            pools.io(),
            config));
  }

  @Override
  public String address() {
    return Nodes.advertised(listen);
  }

  @Override
  public MetaPorts meta() {
    return remoteMeta.orElse(ownMeta);
  }

  @Override
  public Datanodes datanodes() {
    return new FlightDatanodes(
        node -> addresses == null ? Optional.empty() : addresses.apply(node), channels);
  }

  @Override
  public void close() {
    closing.close();
  }

  /** A node tells its address before it listens, so a free port is found first. */
  private static InetSocketAddress free(InetAddress host) {
    try (ServerSocket socket = new ServerSocket(0, 1, host)) {
      return new InetSocketAddress(host, socket.getLocalPort());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
