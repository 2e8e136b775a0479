package io.terrane.meta;

import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import io.terrane.meta.store.Leadership;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.MetadataStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, among metasrvs on one metadata log, when to take the lead. The leader shows that it
 * lives by its batches, empty ones if need be; a metasrv that has read none for the timeout takes
 * the next term. If several try, the log's order makes one the leader, and the others read that.
 * Nobody has to agree on the time: who leads is what the log says. Thread-safe; never blocks.
 */
final class LeaderElection {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);
  private static final int TURNS = 5;

  private final MetadataStore store;
  private final Scheduler scheduler;
  private final Ticker ticker;
  private final Duration timeout;
  private final Function<Boolean, CompletableFuture<Void>> takeOver;

  // Guarded by this.
  private Leadership known;
  private long heardNanos;
  private boolean standing;
  private boolean follows;
  private boolean stopped;

  /**
   * @param timeout a leader that is silent for this long may be followed
   * @param takeOver takes the next term and leads; is told whether it follows a leader that lived
   *     while this metasrv listened, or none it has ever heard
   */
  LeaderElection(
      MetadataStore store,
      Scheduler scheduler,
      Ticker ticker,
      Duration timeout,
      Function<Boolean, CompletableFuture<Void>> takeOver) {
    this.store = store;
    this.scheduler = scheduler;
    this.ticker = ticker;
    this.timeout = timeout;
    this.takeOver = takeOver;
    this.known = store.image().leadership();
    this.heardNanos = ticker.nanos();
    store.onImage(this::hear);
  }

  /** Once the log is read to its end: what it held tells nothing of who lives. */
  void start() {
    synchronized (this) {
      follows = false;
    }
    turn();
  }

  synchronized void stop() {
    stopped = true;
  }

  private synchronized void hear(MetadataImage image) {
    if (!image.leadership().equals(known)) {
      follows |= known.term() > 0;
      known = image.leadership();
      heardNanos = ticker.nanos();
    }
  }

  private void turn() {
    boolean leads = store.isLeader();
    synchronized (this) {
      if (stopped) {
        return;
      }
      if (!leads && !standing && isSilent()) {
        standing = true;
        stand();
      }
    }
    if (leads) {
      store.announce();
    }
    scheduler.schedule(timeout.dividedBy(TURNS), this::turn);
  }

  private boolean isSilent() {
    return known.term() == 0 || ticker.nanos() - heardNanos > timeout.toNanos();
  }

  private void stand() {
    LOG.info("nobody has led the metadata for {}: stands for term {}", timeout, known.term() + 1);
    takeOver.apply(follows).whenComplete(this::stood);
  }

  private synchronized void stood(Void done, Throwable failure) {
    standing = false;
    heardNanos = ticker.nanos();
    if (failure != null) {
      LOG.info("does not lead: {}", TerraneException.of(failure).getMessage());
    }
  }
}
