package io.terrane.meta.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.meta.catalog.TableRoutes;
import io.terrane.meta.procedure.Transition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The route names the new leader from now on. There is no way back from here: the candidate leads
 * already, and the edit only fails with the log.
 *
 * @param epoch under which the candidate leads
 */
record SwitchRoute(RegionEpoch epoch) implements MigrationState {
  @Override
  public CompletableFuture<Transition> next(MigrationContext context) {
    RegionMove move = context.move();
    return CompletableFuture.completedFuture(
        context.to(
            new CloseOldLeader(),
            image -> TableRoutes.switching(image, move.region(), move.from(), move.to(), epoch)));
  }

  @Override
  public Optional<MigrationState> retreat(TerraneException reason) {
    return Optional.empty();
  }

  @Override
  public void writeTo(ObjectNode node) {
    node.put("epoch", epoch.value());
  }
}
