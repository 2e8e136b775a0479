package io.terrane.datanode.wal;

import io.terrane.api.region.RegionId;
import io.terrane.api.time.Scheduler;
import io.terrane.log.LogReader;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The passes over one topic that are under way. Who begins to read joins a pass that is at most a
 * few records behind; passes that meet become one. Regions that were announced gather in a pass
 * that begins when all are there, at the earliest position of any. This object's lock guards its
 * passes and their members.
 */
final class TopicPasses {
  /** A gathering pass begins when nobody has come for so long. */
  private static final Duration GATHERING = Duration.ofMillis(500);

  /** Records that a reader lets pass by to share a pass. */
  private static final long JOIN_GAP = 1_000;

  private final SharedLog log;
  private final LogTopic topic;
  private final Executor workers;
  private final Scheduler scheduler;
  private final ReplayTraffic traffic;
  private final Set<RegionId> expected = new HashSet<>();
  private final List<ReplayPass> passes = new ArrayList<>();
  private Optional<ReplayPass> gathering = Optional.empty();
  private Scheduler.Cancellable gatheringEnd = () -> {};

  TopicPasses(
      SharedLog log, LogTopic topic, Executor workers, Scheduler scheduler, ReplayTraffic traffic) {
    this.log = log;
    this.topic = topic;
    this.workers = workers;
    this.scheduler = scheduler;
    this.traffic = traffic;
  }

  synchronized void expect(RegionId region) {
    expected.add(region);
  }

  synchronized void expectNoMore(RegionId region) {
    expected.remove(region);
    beginIfComplete();
  }

  synchronized LogReader read(RegionId region, long from, ReplayTraffic mine) {
    boolean wasExpected = expected.remove(region);
    PassMember member = new PassMember(this, region, from, mine);
    Optional<ReplayPass> underWay =
        passes.stream().filter(pass -> pass.mayJoin(region, from, JOIN_GAP)).findFirst();
    if (underWay.isPresent()) {
      underWay.get().add(member);
    } else if (wasExpected) {
      gather(member);
    } else {
      ReplayPass pass = newPass();
      pass.add(member);
      pass.begin();
      passes.add(pass);
    }
    beginIfComplete();
    return member;
  }

  private ReplayPass newPass() {
    return new ReplayPass(this, log, topic, workers, traffic);
  }

  private void gather(PassMember member) {
    if (gathering.filter(pass -> pass.has(member.region())).isPresent()) {
      beginGathered();
    }
    ReplayPass pass = gathering.orElseGet(this::newPass);
    pass.add(member);
    gathering = Optional.of(pass);
    gatheringEnd.cancel();
    gatheringEnd = scheduler.schedule(GATHERING, this::gatheringTooLong);
  }

  private synchronized void gatheringTooLong() {
    beginGathered();
  }

  private void beginIfComplete() {
    if (expected.isEmpty()) {
      beginGathered();
    }
  }

  private void beginGathered() {
    gathering.ifPresent(
        pass -> {
          gatheringEnd.cancel();
          gathering = Optional.empty();
          passes.add(pass);
          pass.begin();
        });
  }

  /** After {@code pass} has moved on: if another has come near, they are one from now on. */
  void joinOthers(ReplayPass pass) {
    passes.stream()
        .filter(other -> other != pass && pass.mayMoveTo(other, JOIN_GAP))
        .findFirst()
        .ifPresent(pass::moveTo);
  }

  void remove(ReplayPass pass) {
    passes.remove(pass);
    if (gathering.filter(pass::equals).isPresent()) {
      gathering = Optional.empty();
      gatheringEnd.cancel();
    }
  }
}
