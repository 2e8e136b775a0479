package io.terrane.datanode.wal;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One reader of a topic, for several regions. It reads on while one of them waits and those that
 * are not so fast have not left too much lying; so a pass is as fast as its slowest member, within
 * a bound. Guarded by the topic's lock.
 */
final class ReplayPass {
  private static final Duration POLL_WAIT = Duration.ofMillis(200);

  /** What members have not taken yet; a poll may exceed it by what it brings. */
  private static final long QUEUED_BYTES_MAX = 16 << 20;

  private final TopicPasses lock;
  private final SharedLog log;
  private final LogTopic topic;
  private final Executor workers;
  private final ReplayTraffic traffic;
  private final Map<RegionId, PassMember> members = new LinkedHashMap<>();
  private Optional<LogReader> reader = Optional.empty();
  private long position;
  private boolean polling;

  ReplayPass(
      TopicPasses lock, SharedLog log, LogTopic topic, Executor workers, ReplayTraffic traffic) {
    this.lock = lock;
    this.log = log;
    this.topic = topic;
    this.workers = workers;
    this.traffic = traffic;
  }

  long position() {
    return position;
  }

  void add(PassMember member) {
    members.put(member.region(), member);
    member.enter(this);
  }

  boolean has(RegionId region) {
    return members.containsKey(region);
  }

  /** Whether who begins at {@code from} gets everything here, and soon. */
  boolean mayJoin(RegionId region, long from, long gap) {
    return reader.isPresent() && position <= from && from - position <= gap && !has(region);
  }

  boolean mayMoveTo(ReplayPass other, long gap) {
    return members.keySet().stream().allMatch(region -> other.mayJoin(region, position, gap));
  }

  void moveTo(ReplayPass other) {
    for (PassMember member : members.values()) {
      other.members.put(member.region(), member);
      member.move(other, position);
    }
    members.clear();
    end();
    other.pump();
  }

  void remove(PassMember member) {
    members.remove(member.region(), member);
    answer(member);
    if (members.isEmpty()) {
      end();
    } else {
      pump();
    }
  }

  private void end() {
    reader.ifPresent(LogReader::close);
    reader = Optional.empty();
    lock.remove(this);
  }

  /** Begins where the first of the members has to. */
  void begin() {
    position = members.values().stream().mapToLong(member -> member.next(0)).min().orElseThrow();
    reader = Optional.of(log.read(topic, position));
    pump();
  }

  /** Reads on, if somebody waits and there is room. */
  void pump() {
    boolean hungry = members.values().stream().anyMatch(PassMember::isHungry);
    long queued = members.values().stream().mapToLong(PassMember::queuedBytes).sum();
    if (reader.isEmpty() || polling || !hungry || queued >= QUEUED_BYTES_MAX) {
      return;
    }
    polling = true;
    LogReader polled = reader.get();
    polled.poll(POLL_WAIT).whenComplete((entries, problem) -> polled(polled, entries, problem));
  }

  private void polled(LogReader polled, List<LogEntry> entries, Throwable problem) {
    synchronized (lock) {
      if (reader.filter(polled::equals).isEmpty()) {
        return; // the pass has ended meanwhile
      }
      polling = false;
      if (problem == null) {
        deliver(entries, polled.position());
      } else if (TerraneException.of(problem).code() == ErrorCode.LOG_TRUNCATED) {
        findStart(TerraneException.of(problem));
      } else {
        failPolls(TerraneException.of(problem));
      }
    }
  }

  private void deliver(List<LogEntry> entries, long end) {
    long needless = 0;
    for (LogEntry entry : entries) {
      int size = entry.record().size();
      traffic.countRead(size);
      PassMember member =
          WalHeader.regionOf(entry.record().headers()).map(members::get).orElse(null);
      if (member != null && member.offer(entry)) {
        traffic.countUseful(size);
        member.traffic().countRead(size);
        member.traffic().countUseful(size);
      } else {
        needless += size;
      }
    }
    for (PassMember member : members.values()) {
      member.traffic().countRead(needless / members.size());
    }
    position = end;
    members.values().forEach(this::answer);
    lock.joinOthers(this);
    pump();
  }

  private void answer(PassMember member) {
    member
        .takePending()
        .ifPresent(
            poll -> {
              List<LogEntry> taken = member.take(position);
              poll.completeAsync(() -> taken, workers);
            });
  }

  private void failPolls(TerraneException reason) {
    members
        .values()
        .forEach(
            member ->
                member
                    .takePending()
                    .ifPresent(poll -> workers.execute(() -> poll.completeExceptionally(reason))));
  }

  /** The log does not reach back to this pass: those who need what is gone leave it. */
  private void findStart(TerraneException truncated) {
    LogReader behind = reader.orElseThrow();
    polling = true;
    log.start(topic)
        .whenComplete(
            (start, problem) -> {
              synchronized (lock) {
                if (reader.filter(behind::equals).isEmpty()) {
                  return;
                }
                polling = false;
                if (problem != null) {
                  failPolls(TerraneException.of(problem));
                } else {
                  leaveBehind(start, truncated);
                }
              }
            });
  }

  private void leaveBehind(long start, TerraneException truncated) {
    List<PassMember> lost =
        members.values().stream()
            .filter(member -> member.next(position) < start || position >= start) // ends before us
            .toList();
    lost.forEach(member -> members.remove(member.region()));
    for (PassMember member : lost) {
      member.fail(truncated);
      member
          .takePending()
          .ifPresent(poll -> workers.execute(() -> poll.completeExceptionally(truncated)));
    }
    if (members.isEmpty()) {
      end();
      return;
    }
    reader.ifPresent(LogReader::close);
    position = start;
    reader = Optional.of(log.read(topic, position));
    pump();
  }
}
