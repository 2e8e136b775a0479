package io.terrane.meta.ddl;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has datanodes delete regions that no route names any more. A datanode that is dead or does not
 * manage it keeps nobody waiting: the files it leaves are orphans that its sweeper finds.
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
    return context
        .sender()
        .send(
            region.leader(),
            new RegionInstruction.DropRegion(table.spec(region)),
            context.instructionTimeout())
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                LOG.warn(
                    "region {} is dropped but its files on datanode {} remain",
                    region.region(),
                    region.leader(),
                    TerraneException.of(failure));
              }
              return null;
            });
  }
}
