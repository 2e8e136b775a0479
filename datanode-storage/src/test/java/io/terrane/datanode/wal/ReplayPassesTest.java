package io.terrane.datanode.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.testing.InMemorySharedLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whoever reads in company sees what it would see alone: each of its records behind its start,
 * once, in order, and an error when the log was trimmed before it.
 */
class ReplayPassesTest {
  private static final LogTopic TOPIC = new LogTopic("wal-0");
  private static final int REGIONS = 5;

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void companyChangesNothing(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedScheduler scheduler = new SimulatedScheduler();
    InMemorySharedLog log = new InMemorySharedLog(scheduler);
    log.createTopics(List.of(TOPIC));
    ReplayPasses passes = new ReplayPasses(log, scheduler, scheduler, scheduler);
    List<RegionId> owners = new ArrayList<>();
    List<Follower> followers = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < 300; i++) {
      int dice = random.nextInt(20);
      RegionId region = new RegionId(random.nextInt(REGIONS));
      if (dice < 10) {
        owners.add(region);
        log.append(TOPIC, record(region));
      } else if (dice < 12) {
        passes.expect(TOPIC, region);
        if (random.nextBoolean()) {
          scheduler.schedule(
              Duration.ofMillis(random.nextInt(1_000)), () -> passes.expectNoMore(TOPIC, region));
        }
      } else if (dice < 14 && followers.size() < 8) {
        long from = random.nextInt(owners.size() + 1);
        followers.add(
            new Follower(
                region, from, passes.read(TOPIC, region, from, new ReplayTraffic()), start));
      } else if (dice < 15 && !followers.isEmpty()) {
        followers.remove(random.nextInt(followers.size())).reader.close();
      } else if (dice < 16 && random.nextInt(4) == 0) {
        start = Math.max(start, random.nextInt(owners.size() + 1));
        log.trim(TOPIC, start);
      } else if (!followers.isEmpty()) {
        followers.get(random.nextInt(followers.size())).poll();
      }
      if (random.nextBoolean()) {
        scheduler.runFor(Duration.ofMillis(random.nextInt(300)));
      }
    }
    log.append(TOPIC, record(new RegionId(REGIONS))); // wakes whoever waits
    for (int i = 0; i < owners.size() + 2; i++) {
      followers.forEach(Follower::poll);
      scheduler.runFor(Duration.ofMillis(300));
    }
    for (Follower follower : followers) {
      follower.check(owners, start, seed);
    }
  }

  private static LogRecord record(RegionId region) {
    byte[] bytes = ByteBuffer.allocate(8).putLong(region.value()).array();
    return new LogRecord(Map.of(WalHeader.REGION, bytes), new byte[10]);
  }

  private static final class Follower {
    final LogReader reader;
    private final RegionId region;
    private final long from;
    private final long startWhenOpened;
    private final List<Long> seen = new ArrayList<>();
    private CompletableFuture<Void> polling = CompletableFuture.completedFuture(null);
    private TerraneException failure;

    Follower(RegionId region, long from, LogReader reader, long startWhenOpened) {
      this.region = region;
      this.from = from;
      this.reader = reader;
      this.startWhenOpened = startWhenOpened;
    }

    void poll() {
      if (!polling.isDone() || failure != null) {
        return;
      }
      long before = reader.position();
      polling =
          reader
              .poll(Duration.ofMillis(200))
              .handle(
                  (entries, problem) -> {
                    if (problem != null) {
                      failure = TerraneException.of(problem);
                      return null;
                    }
                    entries.stream().map(LogEntry::position).forEach(seen::add);
                    assertThat(reader.position()).isGreaterThanOrEqualTo(before);
                    assertThat(seen.isEmpty() ? -1 : seen.get(seen.size() - 1))
                        .isLessThan(reader.position());
                    return null;
                  });
    }

    void check(List<RegionId> owners, long start, long seed) {
      List<Long> own = new ArrayList<>();
      for (int i = (int) from; i < owners.size(); i++) {
        if (owners.get(i).equals(region)) {
          own.add((long) i);
        }
      }
      assertThat(polling).as("seed %d", seed).isNotCompletedExceptionally();
      if (failure == null) {
        assertThat(seen).as("seed %d, from %d", seed, from).isEqualTo(own);
        assertThat(from).as("seed %d", seed).isGreaterThanOrEqualTo(startWhenOpened);
      } else {
        assertThat(failure.code()).as("seed %d", seed).isEqualTo(ErrorCode.LOG_TRUNCATED);
        assertThat(from).as("seed %d", seed).isLessThan(start);
        assertThat(seen).isEqualTo(own.subList(0, seen.size()));
      }
    }
  }
}
