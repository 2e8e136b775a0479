package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.WriteId;
import io.terrane.api.region.WriteMode;
import io.terrane.datanode.compaction.CompactionConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * A region under random writes, flushes, compactions, truncations, crashes and moves, over a log
 * and a bucket that fail, must always show what a sorted map shows that got each acknowledged write
 * once. Old leaders are left running: what they do must not matter.
 */
class RegionModelTest {
  private static final int KEYS = 40;
  private static final int TRIES_MAX = 60;

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void calm(@ForAll long seed) {
    run(seed, 0, 0, 40);
  }

  @Property(tries = 16, shrinking = ShrinkingMode.OFF)
  void lostAnswersAndFailedRequests(@ForAll long seed) {
    run(seed, 15, 5, 40);
  }

  private static void run(long seed, int logTrouble, int storeTrouble, int steps) {
    Random random = new Random(seed);
    try (DatanodeFixture fixture =
        new DatanodeFixture(new Random(random.nextLong()), logTrouble, storeTrouble)) {
      Run run = new Run(fixture, random);
      try {
        run.begin();
        for (int i = 0; i < steps; i++) {
          run.step();
          run.compare();
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + " after " + run.history, e);
      }
    }
  }

  private static final class Run {
    final List<String> history = new ArrayList<>();
    private final DatanodeFixture fixture;
    private final Random random;
    private final RegionSpec spec = TestTables.spec(TestTables.keyed());
    private final TreeMap<Long, Long> model = new TreeMap<>();
    private final List<Datanode> zombies = new ArrayList<>();
    private Datanode leader;
    private long epoch = 1;
    private long nodes;
    private long trimmed;

    Run(DatanodeFixture fixture, Random random) {
      this.fixture = fixture;
      this.random = random;
    }

    void begin() {
      leader = newNode();
      until(() -> instruct(leader, new RegionInstruction.CreateRegion(spec, new RegionEpoch(1))));
      fixture.lease(leader, spec, 1);
    }

    private Datanode newNode() {
      DatanodeConfig defaults = DatanodeFixture.config(++nodes);
      return fixture.datanode(
          new DatanodeConfig(
              defaults.nodeId(),
              random.nextBoolean() ? 1 << 18 : defaults.writeBufferBytes(),
              random.nextBoolean() ? 1 << 13 : defaults.regionFlushBytes(),
              random.nextBoolean() ? 1_600 : defaults.walRecordBytesMax(),
              1 + random.nextInt(200),
              1 + random.nextInt(20),
              1 + random.nextInt(20),
              defaults.regionMailboxWritesMax(),
              defaults.rememberedWritesMax(),
              defaults.cacheBytes(),
              defaults.cachedFooters(),
              defaults.decodedCacheBytes(),
              defaults.cache(),
              random.nextBoolean() ? 1 << 12 : defaults.candidateBytesMax(),
              1 + random.nextInt(5),
              new CompactionConfig(
                  2 + random.nextInt(3),
                  4 + random.nextInt(4),
                  random.nextBoolean() ? 1_500 : 1 << 20,
                  1,
                  random.nextBoolean() ? 0 : 100_000,
                  defaults.compaction().interval()),
              defaults.heartbeatInterval(),
              defaults.leaseWait(),
              defaults.writeStallMax(),
              defaults.retryDelay(),
              Duration.ofSeconds(random.nextInt(60)),
              defaults.rememberedWritesAge(),
              random.nextInt(20),
              defaults.walTailAgeMax()));
    }

    void step() {
      fixture.lease(leader, spec, epoch);
      int dice = random.nextInt(100);
      if (dice < 45) {
        write(WriteMode.UPSERT);
      } else if (dice < 55) {
        write(WriteMode.DELETE);
      } else if (dice < 62) {
        write(WriteMode.INSERT_UNIQUE);
      } else if (dice < 72) {
        note("flush");
        until(() -> instruct(leader, new RegionInstruction.FlushRegion(spec.region())));
      } else if (dice < 78) {
        note("compact");
        until(() -> instruct(leader, new RegionInstruction.CompactRegion(spec.region())));
      } else if (dice < 80) {
        note("truncate");
        until(
            () ->
                instruct(
                    leader,
                    new RegionInstruction.TruncateRegion(spec.region(), new RegionEpoch(epoch))));
        model.clear();
      } else if (dice < 84) {
        note("release the log");
        releaseLog();
      } else if (dice < 88) {
        failOver();
      } else if (dice < 95) {
        move();
      } else {
        disturb();
      }
    }

    private void write(WriteMode mode) {
      int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 200 : 8);
      List<List<Object>> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Long key = (long) random.nextInt(KEYS);
        rows.add(mode == WriteMode.DELETE ? row(key) : row(key, random.nextLong(1000)));
      }
      note(mode + "" + rows);
      boolean clash =
          rows.stream().anyMatch(row -> model.containsKey((Long) row.get(0)))
              || rows.stream().map(row -> row.get(0)).distinct().count() < rows.size();
      WriteId id = fixture.newId();
      for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
        if (random.nextInt(4) == 0 && attempt > 0) {
          failOver();
        }
        fixture.lease(leader, spec, epoch);
        try {
          fixture.get(fixture.write(leader, spec, epoch, id, mode, rows));
          assertThat(mode == WriteMode.INSERT_UNIQUE && clash).isFalse();
          apply(mode, rows);
          return;
        } catch (CompletionException e) {
          TerraneException problem = TerraneException.of(e);
          note(problem.code().name());
          if (problem.code() == ErrorCode.DUPLICATE_KEY) {
            assertThat(clash).isTrue();
            return;
          }
          boolean again =
              problem.kind() == ErrorKind.RETRY || problem.kind() == ErrorKind.OUTCOME_UNKNOWN;
          if (!again) {
            throw e;
          }
        }
        fixture.scheduler.runFor(Duration.ofMillis(random.nextInt(500)));
        if (mode != WriteMode.INSERT_UNIQUE && random.nextBoolean()) {
          writeElsewhere();
        }
      }
      fail("never written");
    }

    /** Another client's write, to keys that no other write touches, so that order is no matter. */
    private void writeElsewhere() {
      List<List<Object>> rows = List.of(row(1_000L + random.nextInt(KEYS), random.nextLong(1000)));
      WriteId id = fixture.newId();
      for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
        fixture.lease(leader, spec, epoch);
        try {
          fixture.get(fixture.write(leader, spec, epoch, id, WriteMode.UPSERT, rows));
          note("elsewhere " + rows);
          apply(WriteMode.UPSERT, rows);
          return;
        } catch (CompletionException e) {
          assertThat(TerraneException.of(e).kind())
              .isIn(ErrorKind.RETRY, ErrorKind.OUTCOME_UNKNOWN);
        }
      }
      fail("never written");
    }

    private void apply(WriteMode mode, List<List<Object>> rows) {
      for (List<Object> row : rows) {
        if (mode == WriteMode.DELETE) {
          model.remove((Long) row.get(0));
        } else {
          model.put((Long) row.get(0), (Long) row.get(1));
        }
      }
    }

    /** What the leader does not need any more is trimmed, whatever others there are. */
    private void releaseLog() {
      fixture.scheduler.runFor(Duration.ofSeconds(random.nextInt(1_000)));
      fixture.lease(leader, spec, epoch);
      fixture.boundTails(leader);
      long needed = leader.stats().get(0).neededPosition();
      assertThat(needed).isGreaterThanOrEqualTo(trimmed);
      fixture.get(fixture.log.trim(DatanodeFixture.TOPIC, needed));
      trimmed = needed;
    }

    /** The leader is cut off; its lease runs out; another node opens the region. */
    private void failOver() {
      note("fail over to epoch " + (epoch + 1));
      Datanode old = leader;
      if (random.nextBoolean()) {
        fixture.scheduler.runFor(DatanodeFixture.LEASE.plusSeconds(1));
        zombies.add(old);
      } else {
        fixture.stop(old);
      }
      leader = newNode();
      epoch++;
      until(() -> instruct(leader, new RegionInstruction.OpenRegion(spec, new RegionEpoch(epoch))));
      fixture.lease(leader, spec, epoch);
    }

    /**
     * A candidate follows, the leader stops, the candidate takes over; or the leader is restored.
     */
    private void move() {
      note("move to epoch " + (epoch + 1));
      Datanode candidate = newNode();
      until(() -> instruct(candidate, new RegionInstruction.OpenCandidate(spec, 0)));
      write(WriteMode.UPSERT);
      if (random.nextBoolean()) {
        until(() -> instruct(leader, new RegionInstruction.FlushRegion(spec.region())));
        write(WriteMode.UPSERT);
        releaseLog();
      }
      fixture.lease(leader, spec, epoch);
      boolean claimed = random.nextBoolean();
      if (claimed) {
        note("claimed");
        candidate.instruct(
            new RegionInstruction.ClaimManifest(spec.region(), new RegionEpoch(epoch + 1)));
        if (random.nextBoolean()) {
          leader.instruct(new RegionInstruction.FlushRegion(spec.region()));
        }
      }
      long last =
          ((InstructionReply.Downgraded)
                  instruct(
                      leader,
                      new RegionInstruction.DowngradeRegion(spec.region(), new RegionEpoch(epoch))))
              .lastPosition();
      boolean restore = random.nextInt(4) == 0;
      epoch += claimed && restore ? 2 : 1; // above what the candidate has claimed
      Datanode next = restore ? leader : candidate;
      until(
          () ->
              instruct(
                  next,
                  new RegionInstruction.UpgradeRegion(
                      spec.region(), new RegionEpoch(epoch), last, Duration.ofSeconds(60))));
      if (restore) {
        note("restored");
        fixture.stop(candidate);
      } else {
        zombies.add(leader);
        leader = candidate;
      }
      fixture.lease(leader, spec, epoch);
    }

    /** Deposed leaders try to write and to flush. */
    private void disturb() {
      note("disturb");
      for (Datanode zombie : zombies) {
        try {
          fixture.get(fixture.write(zombie, spec, 1, WriteMode.UPSERT, List.of(row(1L, -1L))));
          fail("a deposed leader took a write");
        } catch (CompletionException e) {
          assertThat(TerraneException.of(e).kind()).isEqualTo(ErrorKind.RETRY);
        }
        zombie.instruct(new RegionInstruction.FlushRegion(spec.region()));
        fixture.scheduler.runUntilIdle();
      }
      if (zombies.size() > 3) {
        fixture.stop(zombies.remove(0));
      }
    }

    private InstructionReply instruct(Datanode node, RegionInstruction instruction) {
      return fixture.get(node.instruct(instruction));
    }

    private void until(Runnable action) {
      for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
        try {
          fixture.lease(leader, spec, epoch);
          action.run();
          return;
        } catch (CompletionException e) {
          ErrorKind kind = TerraneException.of(e).kind();
          if (kind != ErrorKind.RETRY && kind != ErrorKind.OUTCOME_UNKNOWN) {
            throw e;
          }
          note(TerraneException.of(e).getMessage());
          fixture.scheduler.runFor(Duration.ofMillis(100));
        }
      }
      fail("never done");
    }

    void compare() {
      List<List<Object>> expected = new ArrayList<>();
      model.forEach((key, value) -> expected.add(row(key, value)));
      assertThat(fixture.scan(leader, spec, epoch)).isEqualTo(expected);
    }

    private void note(String what) {
      history.add(what);
    }

    private static List<Object> row(Object... values) {
      return Arrays.asList(values);
    }
  }
}
