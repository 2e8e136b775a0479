package io.terrane.rpc.meta;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import io.terrane.rpc.channel.FlightChannels;
import io.terrane.rpc.channel.LostAnswer;
import io.terrane.rpc.channel.Verb;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Finds the metasrv leader among its addresses: remembers who answered last, and passes on to the
 * next when that one does not lead or cannot be reached, once round at most. Thread-safe.
 */
public final class MetaClient {

  private static final Duration ELECTION_PAUSE = Duration.ofMillis(200);
  private static final int ELECTION_TRIES = 25;

  private final FlightChannels channels;
  private final List<String> addresses;
  private final Scheduler scheduler;
  private final AtomicInteger leader = new AtomicInteger();

  /**
   * @param addresses host:port of each metasrv
   */
  public MetaClient(FlightChannels channels, List<String> addresses, Scheduler scheduler) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no metasrv address is given");
    }
    this.channels = channels;
    this.scheduler = scheduler;
    this.addresses = List.copyOf(addresses);
  }

  /** For answers that come at once; the wait of a long poll comes on top. */
  Duration callTimeout() {
    return channels.config().callTimeout();
  }

  /**
   * As {@link #ask}, and if there are several metasrvs, waits until one of them leads: some 5 s.
   */
  <T extends MessageLite> CompletableFuture<T> askLeader(
      Verb verb, MessageLite question, Parser<T> parser, Duration timeout, LostAnswer lost) {
    int tries = addresses.size() > 1 ? ELECTION_TRIES : 0;
    return askLeader(() -> ask(verb, question, parser, timeout, lost), tries);
  }

  private <T> CompletableFuture<T> askLeader(
      Supplier<CompletableFuture<T>> question, int triesLeft) {
    return question
        .get()
        .exceptionallyCompose(
            failure -> {
              if (triesLeft == 0 || !isElsewhere(TerraneException.of(failure).code())) {
                return CompletableFuture.failedFuture(failure);
              }
              CompletableFuture<Void> pause = new CompletableFuture<>();
              scheduler.schedule(ELECTION_PAUSE, () -> pause.complete(null));
              return pause.thenCompose(over -> askLeader(question, triesLeft - 1));
            });
  }

  <T extends MessageLite> CompletableFuture<T> ask(
      Verb verb, MessageLite question, Parser<T> parser, Duration timeout, LostAnswer lost) {
    return ask(verb, question, parser, timeout, lost, addresses.size() - 1);
  }

  private <T extends MessageLite> CompletableFuture<T> ask(
      Verb verb,
      MessageLite question,
      Parser<T> parser,
      Duration timeout,
      LostAnswer lost,
      int othersLeft) {
    int asked = leader.get();
    return channels
        .ask(addresses.get(asked), verb, question, parser, timeout, lost)
        .exceptionallyCompose(
            failure -> {
              ErrorCode code = TerraneException.of(failure).code();
              if (isElsewhere(code) || isSilent(code)) {
                leader.compareAndSet(asked, (asked + 1) % addresses.size());
              }
              return isElsewhere(code) && othersLeft > 0
                  ? ask(verb, question, parser, timeout, lost, othersLeft - 1)
                  : CompletableFuture.failedFuture(failure);
            });
  }

  /** It may have happened there, but whoever asks next had better ask another one. */
  private static boolean isSilent(ErrorCode code) {
    return code == ErrorCode.TIMED_OUT || code == ErrorCode.METADATA_OUTCOME_UNKNOWN;
  }

  /** Nothing has happened there, and another one may be the leader. */
  private static boolean isElsewhere(ErrorCode code) {
    return code == ErrorCode.NOT_METASRV_LEADER || code == ErrorCode.NODE_UNREACHABLE;
  }
}
