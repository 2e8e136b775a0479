package io.terrane.datanode.wal;

import io.terrane.api.region.RegionId;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import io.terrane.datanode.region.BytePace;
import io.terrane.log.LogReader;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Reads WAL topics for the regions of a datanode. Regions that read the same stretch of a topic
 * share one reader of the log and get their own records only. Thread-safe; futures of the readers
 * complete on {@code workers}.
 */
public final class ReplayPasses {
  private final SharedLog log;
  private final Executor workers;
  private final Scheduler scheduler;
  private final ReplayTraffic traffic = new ReplayTraffic();
  private final BytePace pace;
  private volatile long bytesPerSecond;
  private final Map<LogTopic, TopicPasses> topics = new ConcurrentHashMap<>();

  /**
   * @param ticker of the limit
   */
  public ReplayPasses(SharedLog log, Executor workers, Scheduler scheduler, Ticker ticker) {
    this.pace = new BytePace(ticker, () -> bytesPerSecond);
    this.log = log;
    this.workers = workers;
    this.scheduler = scheduler;
  }

  /**
   * Says that the region is going to read the topic: others that are about to wait for it for a
   * moment, to read together.
   */
  public void expect(LogTopic topic, RegionId region) {
    passes(topic).expect(region);
  }

  /** The region is not going to read after all; nothing if it reads already. */
  public void expectNoMore(LogTopic topic, RegionId region) {
    passes(topic).expectNoMore(region);
  }

  /**
   * A reader of the region's records from {@code from} on; others are skipped.
   *
   * @param mine counts what is read for this region, and its share of what nobody needed
   */
  public LogReader read(LogTopic topic, RegionId region, long from, ReplayTraffic mine) {
    return passes(topic).read(region, from, mine);
  }

  /**
   * What regions may read per second that nobody waits for; 0: any. They ask {@link #pauseAfter}.
   */
  public void limit(long maxBytesPerSecond) {
    bytesPerSecond = maxBytesPerSecond;
  }

  /** How long a reader that nobody waits for pauses after so many bytes. */
  public Duration pauseAfter(long bytes) {
    return pace.charge(bytes);
  }

  public ReplayTraffic traffic() {
    return traffic;
  }

  private TopicPasses passes(LogTopic topic) {
    return topics.computeIfAbsent(
        topic, name -> new TopicPasses(log, name, workers, scheduler, traffic));
  }
}
