package io.terrane.rpc.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.region.TableRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.ViewInfo;
import io.terrane.rpc.proto.CatalogProto;
import io.terrane.rpc.wire.CatalogDeltaWire;
import io.terrane.rpc.wire.Samples;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogHistoryTest {

  private final CatalogHistory history = new CatalogHistory();

  @Test
  void aStrangerGetsTheWholeAndAFollowerWhatChanged() {
    CatalogSnapshot first = Samples.catalog(1);
    assertThat(history.replyTo(0, first).hasSnapshot()).isTrue();
    assertThat(history.replyTo(1, first)).isEqualTo(CatalogProto.CatalogReply.getDefaultInstance());
    CatalogProto.CatalogReply next = history.replyTo(1, Samples.catalog(2));
    assertThat(next.hasSnapshot()).isFalse();
    assertThat(next.getDelta())
        .isEqualTo(CatalogProto.CatalogDelta.newBuilder().setVersion(2).build());
  }

  @Test
  void onlyTheLastVersionsAreRemembered() {
    for (int version = 1; version <= 1 + CatalogHistory.VERSIONS_MAX; version++) {
      history.replyTo(0, Samples.catalog(version));
    }
    assertThat(history.replyTo(1, Samples.catalog(50)).hasSnapshot()).isTrue();
    assertThat(history.replyTo(5, Samples.catalog(50)).hasDelta()).isTrue();
  }

  @Test
  void aDeltaMakesOneSnapshotOfAnyOther() {
    long seed = 42;
    Random random = new Random(seed);
    CatalogSnapshot base = CatalogSnapshot.EMPTY;
    for (int version = 1; version < 200; version++) {
      CatalogSnapshot target = randomCatalog(version, random);
      CatalogSnapshot made = CatalogDeltaWire.apply(base, CatalogDeltaWire.encode(base, target));
      assertThat(made.version()).as("seed " + seed).isEqualTo(version);
      assertThat(made.databases()).containsExactlyElementsOf(target.databases());
      assertThat(made.tables()).containsExactlyElementsOf(target.tables());
      assertThat(made.views()).containsExactlyElementsOf(target.views());
      assertThat(made.routes()).containsExactlyInAnyOrderElementsOf(target.routes());
      base = made;
    }
  }

  /** Each of four databases, tables, views and routes is there or not, in one of two states. */
  private static CatalogSnapshot randomCatalog(long version, Random random) {
    CatalogSnapshot sample = Samples.catalog(1);
    ViewInfo view = sample.views().iterator().next();
    TableRoute route = sample.routes().iterator().next();
    return new CatalogSnapshot(
        version,
        some(random, i -> new DatabaseInfo("db" + i, Map.of("n", coin(random)), Samples.TIME))
            .values()
            .stream()
            .collect(Collectors.toMap(DatabaseInfo::name, Function.identity())),
        some(
            random,
            i ->
                new TableInfo(
                    new TableId(i),
                    Samples.TABLE_INFO.name(),
                    Samples.TABLE_INFO.schema(),
                    Samples.TABLE_INFO.partitionRule(),
                    "mito",
                    Map.of(),
                    coin(random),
                    Samples.TIME)),
        some(
            random,
            i ->
                new ViewInfo(
                    new TableId(i),
                    view.name(),
                    coin(random),
                    "public",
                    view.columns(),
                    Samples.TIME)),
        some(
            random,
            i ->
                new TableRoute(
                    new TableId(i),
                    random.nextBoolean() ? route.version() : route.version().next(),
                    route.regions())));
  }

  private static <V> Map<TableId, V> some(Random random, Function<Integer, V> make) {
    Map<TableId, V> made = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      if (random.nextBoolean()) {
        made.put(new TableId(i), make.apply(i));
      }
    }
    return made;
  }

  private static String coin(Random random) {
    return random.nextBoolean() ? "heads" : "tails";
  }
}
