package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.ReplayWork;
import io.terrane.api.table.TableInfo;
import io.terrane.datanode.wal.ReplayTraffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Regions that are opened together do not each read the whole topic. */
class SharedReplayTest {
  private static final int REGIONS = 8;

  private final DatanodeFixture fixture = new DatanodeFixture();
  private final List<RegionSpec> specs = new ArrayList<>();

  @AfterEach
  void closeAll() {
    fixture.close();
  }

  private void writeToAll(Datanode node) {
    TableInfo table = TestTables.keyed();
    for (int i = 0; i < REGIONS; i++) {
      specs.add(new RegionSpec(RegionId.of(table.id(), i), table, 0));
      fixture.create(node, specs.get(i));
    }
    for (long row = 0; row < 50; row++) {
      for (RegionSpec spec : specs) {
        fixture.lease(node, spec, 1);
        fixture.upsert(node, spec, 1, List.of(List.of(row, row)));
      }
    }
  }

  private static double ratio(Datanode node) {
    ReplayTraffic traffic = node.replayTraffic();
    return (double) traffic.readBytes() / traffic.usefulBytes();
  }

  @Test
  void aRestartReadsTheTopicOnce() {
    Datanode node = fixture.datanode(1);
    writeToAll(node);
    fixture.stop(node);

    Datanode next = fixture.datanode(2);
    List<CompletableFuture<InstructionReply>> opened =
        specs.stream()
            .map(spec -> new RegionInstruction.OpenRegion(spec, new RegionEpoch(2)))
            .map(next::instruct)
            .toList();
    opened.forEach(fixture::get);
    for (RegionSpec spec : specs) {
      assertThat(fixture.scan(next, spec, 2)).hasSize(50);
    }
    assertThat(ratio(next)).isLessThanOrEqualTo(1.1);
  }

  @Test
  void candidatesFollowInOnePass() {
    Datanode node = fixture.datanode(1);
    writeToAll(node);
    Datanode target = fixture.datanode(2);
    specs.forEach(spec -> target.instruct(new RegionInstruction.OpenCandidate(spec, 0)));
    fixture.scheduler.runUntilIdle();
    for (RegionSpec spec : specs) {
      fixture.lease(node, spec, 1);
      fixture.upsert(node, spec, 1, List.of(List.of(100L, 100L)));
    }
    assertThat(ratio(target)).isLessThanOrEqualTo(1.1);
    ReplayWork work = progress(target, specs.get(0)).work();
    assertThat(work.records()).isEqualTo(52); // with the fence
    assertThat(work.readBytes()).isBetween(work.usefulBytes(), work.usefulBytes() * 11 / 10);
  }

  @Test
  void candidatesReadAtTheRateThatIsSetUntilTheyAreToTakeOver() {
    Datanode node = fixture.datanode(1);
    writeToAll(node);
    Datanode target = fixture.datanode(2);
    RegionSpec spec = specs.get(0);
    fixture.instruct(target, new RegionInstruction.OpenCandidate(spec, 100));
    fixture.scheduler.runFor(Duration.ofSeconds(1));
    long first = progress(target, spec).work().readBytes();
    write(node, 100L);
    fixture.scheduler.runFor(Duration.ofMillis(10 * first - 5_000));
    assertThat(progress(target, spec).work().readBytes()).isEqualTo(first);
    fixture.scheduler.runFor(Duration.ofSeconds(10));
    assertThat(progress(target, spec).work().readBytes()).isGreaterThan(first);

    write(node, 101L);
    long last =
        ((InstructionReply.Downgraded)
                fixture.instruct(
                    node, new RegionInstruction.DowngradeRegion(spec.region(), RegionEpoch.FIRST)))
            .lastPosition();
    long asked = fixture.scheduler.nanos();
    fixture.instruct(
        target,
        new RegionInstruction.UpgradeRegion(
            spec.region(), new RegionEpoch(2), last, Duration.ofSeconds(60)));
    assertThat(fixture.scheduler.nanos() - asked).isLessThan(1_000_000_000);
    fixture.lease(target, spec, 2);
    assertThat(fixture.scan(target, spec, 2)).hasSize(52);
  }

  private void write(Datanode node, long row) {
    fixture.lease(node, specs.get(0), 1);
    fixture.upsert(node, specs.get(0), 1, List.of(List.of(row, row)));
  }

  private InstructionReply.Replay progress(Datanode node, RegionSpec spec) {
    return (InstructionReply.Replay)
        fixture.instruct(node, new RegionInstruction.ReplayProgress(spec.region()));
  }
}
