package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.RegionStat;
import io.terrane.log.LogRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A region does not hold back the log for longer than it has to. */
class WalTailTest {
  private static final Duration LONG = Duration.ofHours(2);

  private final DatanodeFixture fixture = new DatanodeFixture();
  private final RegionSpec spec = TestTables.spec(TestTables.keyed());
  private final Datanode node = fixture.datanode(1);

  @AfterEach
  void closeAll() {
    fixture.close();
  }

  private long end() {
    return fixture.get(fixture.log.end(DatanodeFixture.TOPIC));
  }

  private RegionStat stat() {
    return node.stats().get(0);
  }

  private void otherRegionsAppend(int records) {
    for (int i = 0; i < records; i++) {
      fixture.get(fixture.log.append(DatanodeFixture.TOPIC, new LogRecord(Map.of(), new byte[1])));
    }
  }

  @Test
  void anIdleRegionNeedsNothingAfterAWhile() {
    fixture.create(node, spec);
    fixture.upsert(node, spec, 1, List.of(List.of(1L, 10L)));
    otherRegionsAppend(5);
    fixture.boundTails(node);
    assertThat(stat().neededPosition()).as("its rows lie in the log alone").isZero();

    fixture.scheduler.runFor(LONG);
    fixture.boundTails(node);
    assertThat(stat().memtableBytes()).isZero();
    assertThat(stat().neededPosition()).isEqualTo(end());

    fixture.get(fixture.log.trim(DatanodeFixture.TOPIC, end()));
    fixture.lease(node, spec, 1);
    fixture.upsert(node, spec, 1, List.of(List.of(2L, 20L)));
    fixture.stop(node);
    Datanode other = fixture.datanode(2);
    fixture.open(other, spec, 2);
    assertThat(fixture.scan(other, spec, 2)).containsExactly(List.of(1L, 10L), List.of(2L, 20L));
  }

  @Test
  void nothingIsWrittenForARegionWhoseTopicRests() {
    fixture.create(node, spec);
    fixture.upsert(node, spec, 1, List.of(List.of(1L, 10L)));
    fixture.scheduler.runFor(LONG);
    fixture.boundTails(node);
    fixture.scheduler.runFor(LONG);
    fixture.boundTails(node);
    long edits = stat().manifestVersion();
    fixture.scheduler.runFor(LONG);
    fixture.boundTails(node);
    assertThat(stat().manifestVersion()).isEqualTo(edits);
  }

  @Test
  void unflushedRowsFarBehindTheEndAreFlushed() {
    fixture.create(node, spec);
    fixture.upsert(node, spec, 1, List.of(List.of(1L, 10L)));
    otherRegionsAppend((int) DatanodeFixture.config(1).walTailRecordsMax());
    fixture.boundTails(node);
    assertThat(stat().sstCount()).isEqualTo(1);
    assertThat(stat().neededPosition()).as("the write is still remembered").isEqualTo(1);
  }
}
