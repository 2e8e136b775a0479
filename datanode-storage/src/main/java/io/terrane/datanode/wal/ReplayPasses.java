package io.terrane.datanode.wal;

import io.terrane.api.region.RegionId;
import io.terrane.api.time.Scheduler;
import io.terrane.log.LogReader;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
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
  private final Map<LogTopic, TopicPasses> topics = new ConcurrentHashMap<>();

  public ReplayPasses(SharedLog log, Executor workers, Scheduler scheduler) {
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

  /** A reader of the region's records from {@code from} on; others are skipped. */
  public LogReader read(LogTopic topic, RegionId region, long from) {
    return passes(topic).read(region, from);
  }

  public ReplayTraffic traffic() {
    return traffic;
  }

  private TopicPasses passes(LogTopic topic) {
    return topics.computeIfAbsent(
        topic, name -> new TopicPasses(log, name, workers, scheduler, traffic));
  }
}
