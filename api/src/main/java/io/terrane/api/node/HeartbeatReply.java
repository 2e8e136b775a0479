package io.terrane.api.node;

import io.terrane.api.region.RegionInstruction;
import java.util.List;

/**
 * The metasrv's answer to a heartbeat.
 *
 * @param sequence of the heartbeat
 * @param leases for every region the node leads according to its route and has open
 * @param instructions what to open (regions routed to the node that it did not report) and close
 *     (regions it reported that are not, and are no candidate there); to be carried out before the
 *     next heartbeat where possible
 */
public record HeartbeatReply(
    long sequence, List<RegionLease> leases, List<RegionInstruction> instructions) {
  public HeartbeatReply {
    leases = List.copyOf(leases);
    instructions = List.copyOf(instructions);
  }
}
