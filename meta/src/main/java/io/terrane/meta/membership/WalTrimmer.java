package io.terrane.meta.membership;

import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.meta.store.MetadataStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up, at an interval, the beginning of each WAL topic that no region needs any more. Only the
 * leading metasrv has one; that a deposed one may go on for a moment does no harm, as what was not
 * needed once never is again.
 */
public final class WalTrimmer {
  private static final Logger LOG = LoggerFactory.getLogger(WalTrimmer.class);
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final MetadataStore store;
  private final NodeRegistry registry;
  private final SharedLog log;
  private final IntFunction<LogTopic> topics;
  private final long[] trimmed;
  private final Scheduler scheduler;
  private volatile boolean halted;

  /**
   * @param topics the log topic of each WAL topic number
   * @param count how many there are
   */
  public WalTrimmer(
      MetadataStore store,
      NodeRegistry registry,
      SharedLog log,
      IntFunction<LogTopic> topics,
      int count,
      Scheduler scheduler) {
    this.store = store;
    this.registry = registry;
    this.log = log;
    this.topics = topics;
    this.trimmed = new long[count];
    this.scheduler = scheduler;
  }

  public void start() {
    scheduler.schedule(INTERVAL, this::round);
  }

  public void halt() {
    halted = true;
  }

  private void round() {
    if (halted || !store.isLeader()) {
      return;
    }
    CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    for (int topic = 0; topic < trimmed.length; topic++) {
      int number = topic;
      done =
          done.thenCompose(before -> trim(number)).exceptionally(failure -> warn(number, failure));
    }
    done.thenRun(this::start);
  }

  private static Void warn(int number, Throwable failure) {
    LOG.warn("WAL topic {} was not trimmed: {}", number, TerraneException.of(failure).getMessage());
    return null;
  }

  private CompletableFuture<Void> trim(int number) {
    Optional<Map<Integer, OptionalLong>> needs = needs();
    if (needs.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    OptionalLong needed = needs.get().get(number);
    if (needed != null) {
      return needed.isPresent()
          ? trim(number, needed.getAsLong())
          : CompletableFuture.completedFuture(null);
    }
    // A region that is bound to the topic after it was found unbound begins at its end of then.
    return log.end(topics.apply(number))
        .thenCompose(
            end ->
                needs().filter(now -> !now.containsKey(number)).isPresent()
                    ? trim(number, end)
                    : CompletableFuture.completedFuture(null));
  }

  private Optional<Map<Integer, OptionalLong>> needs() {
    return WalNeeds.byTopic(store.image(), registry.reports());
  }

  private CompletableFuture<Void> trim(int number, long before) {
    if (before <= trimmed[number]) {
      return CompletableFuture.completedFuture(null);
    }
    return log.trim(topics.apply(number), before)
        .thenRun(
            () -> {
              LOG.debug("WAL topic {}: nothing before {} is needed any more", number, before);
              trimmed[number] = before;
            });
  }
}
