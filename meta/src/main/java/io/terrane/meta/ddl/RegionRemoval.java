package io.terrane.meta.ddl;

import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has datanodes delete regions that no route names any more. When a region's own datanode is dead
 * or does not manage it, another deletes what lies in the bucket; if that fails as well, the files
 * stay and nobody is kept waiting.
 */
final class RegionRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(RegionRemoval.class);

  private RegionRemoval() {}

  /** One try at each region; always completes normally. */
  static CompletableFuture<Void> remove(DdlContext context, List<PlacedTable> tables) {
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (PlacedTable table : tables) {
      table.route().regions().forEach(region -> answers.add(removeOne(context, table, region)));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
  }

  private static CompletableFuture<?> removeOne(
      DdlContext context, PlacedTable table, RegionRoute region) {
    RegionInstruction drop = new RegionInstruction.DropRegion(table.spec(region));
    return context
        .sender()
        .send(region.leader(), drop, context.instructionTimeout())
        .exceptionallyCompose(failure -> removeElsewhere(context, region.leader(), drop, failure))
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                LOG.warn(
                    "region {} is dropped but its files remain",
                    region.region(),
                    TerraneException.of(failure));
              }
              return null;
            });
  }

  private static CompletableFuture<InstructionReply> removeElsewhere(
      DdlContext context, NodeId leader, RegionInstruction drop, Throwable failure) {
    return context.store().image().nodes().keySet().stream()
        .filter(node -> !node.equals(leader) && context.detector().isAlive(node))
        .findFirst()
        .map(node -> context.sender().send(node, drop, context.instructionTimeout()))
        .orElse(CompletableFuture.failedFuture(failure));
  }
}
