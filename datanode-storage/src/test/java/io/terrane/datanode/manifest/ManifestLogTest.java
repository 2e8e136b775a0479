package io.terrane.datanode.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.datanode.sst.SstId;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.wal.WalPoint;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.testing.FlakyObjectStore;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import io.terrane.objectstore.testing.StoreFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Edits behind checkpoints are deleted, and nobody is led astray by their names being free. */
class ManifestLogTest {
  private static final ObjectKey FOLDER = ObjectKey.of("manifest");
  private static final int EVERY = 4;

  private final ObjectStore store = new InMemoryObjectStore(Runnable::run);
  private long files;

  private static ManifestLog log(ObjectStore store, String writer) {
    return new ManifestLog(store, new RegionId(7), FOLDER, writer, EVERY);
  }

  private ManifestEdit.Compacted fileAdded() {
    SstId id = SstId.of(new RegionEpoch(1), ++files, 0);
    SstMeta file = new SstMeta(id, 10, 1, 0, 1, 1, 5, 5, List.of(), List.of(), 0, Optional.empty());
    return new ManifestEdit.Compacted(List.of(), List.of(file));
  }

  private ManifestLog created() {
    ManifestLog manifest = log(store, "first");
    manifest.load();
    manifest.commit(new RegionEpoch(1), new ManifestEdit.Created(new WalPoint(0, 0, 0)));
    return manifest;
  }

  private ManifestLog reader(String name) {
    ManifestLog manifest = log(store, name);
    manifest.load();
    return manifest;
  }

  @Test
  void theFolderStaysSmall() {
    ManifestLog leader = created();
    for (int i = 0; i < 100; i++) {
      leader.commit(new RegionEpoch(1), fileAdded());
      assertThat(store.list(FOLDER).join()).hasSizeLessThanOrEqualTo(2 * EVERY + 2);
    }
    assertThat(reader("other").present()).isEqualTo(leader.present());
  }

  @Test
  void whoIsFarBehindCatchesUp() {
    ManifestLog leader = created();
    ManifestLog late = reader("late");
    for (int i = 0; i < 50; i++) {
      leader.commit(new RegionEpoch(1), fileAdded());
    }
    assertThat(late.refresh()).isEqualTo(leader.present());
    assertThat(late.commit(new RegionEpoch(2), new ManifestEdit.Led()).version())
        .isEqualTo(leader.present().version() + 1);
  }

  @Test
  void anEditUnderANameThatWasFreedDoesNotCount() {
    ManifestLog deposed = created();
    ManifestLog candidate = reader("candidate");
    ManifestLog leader = reader("leader");
    leader.commit(new RegionEpoch(2), new ManifestEdit.Led());
    for (int i = 0; i < 50; i++) {
      leader.commit(new RegionEpoch(2), fileAdded());
    }
    assertThatThrownBy(() -> deposed.commit(new RegionEpoch(1), fileAdded()))
        .satisfies(
            e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.REGION_NOT_LEADER));
    assertThat(candidate.refresh()).isEqualTo(leader.present());
    assertThat(reader("new").present()).isEqualTo(leader.present());
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void allSeeOneHistory(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedScheduler scheduler = new SimulatedScheduler();
    ObjectStore shared = new InMemoryObjectStore(Runnable::run);
    ObjectStore flaky =
        new FlakyObjectStore(
            shared,
            (call, key) ->
                switch (random.nextInt(40)) {
                  case 0 -> StoreFault.FAILS_BEFORE;
                  case 1 -> StoreFault.FAILS_AFTER;
                  default -> StoreFault.NONE;
                },
            scheduler);
    ManifestLog first = log(shared, "first");
    first.load();
    first.commit(new RegionEpoch(1), new ManifestEdit.Created(new WalPoint(0, 0, 0)));
    List<ManifestLog> logs = new ArrayList<>();
    Map<Long, RegionManifest> history = new HashMap<>();
    List<SstMeta> acknowledged = new ArrayList<>();
    long epoch = 1;
    for (int i = 0; i < 300; i++) {
      if (logs.size() < 4) {
        ManifestLog fresh = log(flaky, "writer-" + i);
        if (succeeds(fresh::load)) {
          logs.add(fresh);
        }
        continue;
      }
      ManifestLog one = logs.get(random.nextInt(random.nextInt(4) == 0 ? logs.size() : 1));
      int dice = random.nextInt(20);
      if (dice == 0) {
        logs.remove(one);
      } else if (dice < 4) {
        succeeds(one::refresh);
      } else {
        epoch += random.nextInt(20) == 0 ? 1 : 0;
        RegionEpoch asked = new RegionEpoch(Math.max(1, epoch - random.nextInt(2)));
        ManifestEdit.Compacted edit = fileAdded();
        if (succeeds(() -> one.commit(asked, edit))) {
          acknowledged.addAll(edit.added());
        }
      }
      RegionManifest seen = one.present();
      RegionManifest before = history.putIfAbsent(seen.version(), seen);
      assertThat(before == null || before.equals(seen)).as("seed %d, step %d", seed, i).isTrue();
    }
    assertThat(log(shared, "last").load().files()).as("seed %d", seed).containsAll(acknowledged);
  }

  private static boolean succeeds(Runnable action) {
    try {
      action.run();
      return true;
    } catch (TerraneException e) {
      assertThat(e.code())
          .isIn(ErrorCode.STORE_UNAVAILABLE, ErrorCode.REGION_NOT_LEADER, ErrorCode.CONFLICT);
      return false;
    }
  }
}
