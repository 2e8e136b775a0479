package io.terrane.meta.testing;

import io.terrane.api.node.NodeId;
import io.terrane.api.service.Datanodes;
import io.terrane.api.service.RegionService;
import java.util.concurrent.CompletableFuture;

/** One process' way to the datanodes, which ends with the process. */
final class GatedDatanodes implements Datanodes {
  private final Datanodes datanodes;
  private boolean cut;

  GatedDatanodes(Datanodes datanodes) {
    this.datanodes = datanodes;
  }

  void cut() {
    cut = true;
  }

  @Override
  public RegionService at(NodeId node) {
    return new InstructionsOnly(
        instruction -> cut ? new CompletableFuture<>() : datanodes.at(node).instruct(instruction));
  }
}
