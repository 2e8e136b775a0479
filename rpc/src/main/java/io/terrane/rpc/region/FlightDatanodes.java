package io.terrane.rpc.region;

import io.terrane.api.node.NodeId;
import io.terrane.api.service.Datanodes;
import io.terrane.api.service.RegionService;
import io.terrane.rpc.channel.FlightChannels;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The datanodes over Flight. */
public final class FlightDatanodes implements Datanodes {

  private final Function<NodeId, Optional<String>> addresses;
  private final FlightChannels channels;

  /**
   * @param addresses host:port of a node as it is known now; asked for each call, must not block
   */
  public FlightDatanodes(Function<NodeId, Optional<String>> addresses, FlightChannels channels) {
    this.addresses = Objects.requireNonNull(addresses, "addresses");
    this.channels = Objects.requireNonNull(channels, "channels");
  }

  @Override
  public RegionService at(NodeId node) {
    return new FlightRegionService(node, () -> addresses.apply(node), channels);
  }
}
