package io.terrane.meta.catalog;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.region.LeaderState;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.TableRoute;
import io.terrane.meta.store.Change;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The only author of route edits. Each is guarded by the version of the route it was made from and
 * refuses with CONFLICT when the region is not as its caller believes.
 */
public final class TableRoutes {
  private TableRoutes() {}

  /** Every region whose route names the node. */
  public static List<RegionRoute> ledBy(MetadataImage image, NodeId node) {
    return image.catalog().routes().stream()
        .flatMap(route -> route.regions().stream())
        .filter(region -> region.leader().equals(node))
        .toList();
  }

  /** The leader is to stop: nobody gets a lease for the region from now on. */
  public static MetadataEdit downgrading(
      MetadataImage image, RegionId region, NodeId leader, Instant since) {
    RegionRoute present = expect(image, region, leader, LeaderState.ALIVE);
    return put(image, present.downgrading(since));
  }

  /** The region moves to a new leader: the point of no return of a migration. */
  public static MetadataEdit switching(
      MetadataImage image, RegionId region, NodeId from, NodeId to, RegionEpoch epoch) {
    return put(image, expect(image, region, from, LeaderState.DOWNGRADING).ledBy(to, epoch));
  }

  /** The downgraded leader leads again, under a new epoch. */
  public static MetadataEdit restoring(
      MetadataImage image, RegionId region, NodeId leader, RegionEpoch epoch) {
    return put(image, expect(image, region, leader, LeaderState.DOWNGRADING).ledBy(leader, epoch));
  }

  /** A leader that lost its region within one life leads it again under a new epoch. */
  public static MetadataEdit reopening(MetadataImage image, RegionRoute lost) {
    boolean unchanged = image.catalog().findRegion(lost.region()).filter(lost::equals).isPresent();
    return unchanged
        ? put(image, lost.ledBy(lost.leader(), lost.epoch().next()))
        : MetadataEdit.NOTHING;
  }

  /**
   * A datanode begins a new life: it is registered, and each region it leads gets a new epoch.
   * Regions that are being moved away keep theirs, their migration decides.
   */
  public static MetadataEdit newLife(MetadataImage image, NodeInfo node) {
    MetadataEdit edit = MetadataEdit.of(new Change.PutNode(node));
    for (TableRoute route : image.catalog().routes()) {
      List<RegionRoute> led =
          route.regions().stream()
              .filter(region -> region.leader().equals(node.id()) && region.isWritable())
              .toList();
      if (!led.isEmpty()) {
        edit = edit.requiring(guard(route)).and(new Change.PutRoute(underNextEpoch(route, led)));
      }
    }
    return edit;
  }

  private static TableRoute underNextEpoch(TableRoute route, List<RegionRoute> led) {
    List<RegionRoute> regions =
        route.regions().stream()
            .map(r -> led.contains(r) ? r.ledBy(r.leader(), r.epoch().next()) : r)
            .toList();
    return new TableRoute(route.table(), route.version().next(), regions);
  }

  private static RegionRoute expect(
      MetadataImage image, RegionId region, NodeId leader, LeaderState state) {
    Optional<RegionRoute> present = image.catalog().findRegion(region);
    return present
        .filter(route -> route.leader().equals(leader) && route.state() == state)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.CONFLICT,
                    "region "
                        + region
                        + " is not led by datanode "
                        + leader
                        + " as "
                        + state
                        + ": its route is "
                        + present));
  }

  private static MetadataEdit put(MetadataImage image, RegionRoute changed) {
    TableRoute route = image.catalog().findRoute(changed.region().table()).orElseThrow();
    return MetadataEdit.of(new Change.PutRoute(route.with(changed))).requiring(guard(route));
  }

  private static Requirement guard(TableRoute route) {
    return new Requirement.RouteVersionIs(route.table(), route.version());
  }
}
