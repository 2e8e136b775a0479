package io.terrane.meta.failover;

import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.MigrationTask;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.TableId;
import io.terrane.meta.catalog.TableRoutes;
import io.terrane.meta.store.MetadataImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How far drains and moves of tables have come, and what holds them up. Thread-safe. */
final class MigrationTasks {
  private final Wishes wishes;

  MigrationTasks(Wishes wishes) {
    this.wishes = wishes;
  }

  List<MigrationTask> of(MetadataImage image) {
    Set<RegionId> moving = Moves.of(image).moving();
    List<MigrationTask> tasks = new ArrayList<>();
    for (NodeId node : image.settings().drained()) {
      Set<RegionId> left =
          TableRoutes.ledBy(image, node).stream()
              .map(RegionRoute::region)
              .collect(Collectors.toSet());
      tasks.add(
          task(image, MigrationReason.DRAIN, node.toString(), Optional.empty(), left, moving));
    }
    image.settings().tableTargets().forEach((table, to) -> tasks.add(of(image, table, to, moving)));
    return tasks;
  }

  private MigrationTask of(MetadataImage image, TableId table, NodeId to, Set<RegionId> moving) {
    Set<RegionId> left =
        image.catalog().findRoute(table).stream()
            .flatMap(route -> route.regions().stream())
            .filter(region -> !region.leader().equals(to))
            .map(RegionRoute::region)
            .collect(Collectors.toSet());
    String name =
        image.catalog().findTable(table).map(info -> info.name().toString()).orElse("dropped");
    return task(image, MigrationReason.TABLE, name, Optional.of(to), left, moving);
  }

  private MigrationTask task(
      MetadataImage image,
      MigrationReason reason,
      String subject,
      Optional<NodeId> to,
      Set<RegionId> left,
      Set<RegionId> moving) {
    int onTheMove = (int) left.stream().filter(moving::contains).count();
    Optional<String> blocked =
        left.isEmpty() ? Optional.empty() : blockedBy(image, to, left, onTheMove);
    return new MigrationTask(reason, subject, to, left.size(), onTheMove, blocked);
  }

  private Optional<String> blockedBy(
      MetadataImage image, Optional<NodeId> to, Set<RegionId> left, int onTheMove) {
    if (to.isPresent() && !wishes.mayTake(image, to.get())) {
      return Optional.of("datanode " + to.get() + " is not alive, or is being drained");
    }
    if (wishes.targets(image).isEmpty()) {
      return Optional.of("no datanode is alive that is not being drained");
    }
    return onTheMove == 0 ? Moves.lastError(image, left) : Optional.empty();
  }
}
