package io.terrane.rpc.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.testing.SimulatedScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LifeSignsTest {
  private final SimulatedScheduler scheduler = new SimulatedScheduler();
  private final List<String> brokenOff = new ArrayList<>();
  private final LifeSigns life =
      new LifeSigns("there:1", scheduler, Duration.ofSeconds(4), this::ping);
  private int pings;
  private Optional<ErrorCode> pingFails = Optional.empty();

  @Test
  void aCallThatTakesLongIsWaitedForWhileTheNodeLives() {
    call("slow");
    scheduler.runFor(Duration.ofSeconds(21));
    assertThat(pings).isEqualTo(10);
    assertThat(brokenOff).isEmpty();
    assertThat(life.isLost()).isFalse();
  }

  @Test
  void aSilentNodesCallsAreBrokenOffOnceAndLaterOnesAtOnce() {
    pingFails = Optional.of(ErrorCode.TIMED_OUT);
    call("one");
    call("two");
    scheduler.runFor(Duration.ofMillis(3_999));
    assertThat(brokenOff).isEmpty();
    scheduler.runFor(Duration.ofMillis(1));
    assertThat(brokenOff).containsExactlyInAnyOrder("one", "two");
    assertThat(life.isLost()).isTrue();
    call("three");
    assertThat(brokenOff).hasSize(3);
    scheduler.runFor(Duration.ofMinutes(1));
    assertThat(pings).isOne();
    assertThat(brokenOff).hasSize(3);
  }

  @Test
  void answersAreSignsOfLife() {
    call("waits");
    for (int i = 0; i < 10; i++) {
      CompletableFuture<String> quick = call("quick");
      scheduler.runFor(Duration.ofMillis(1_900));
      quick.complete("done");
    }
    assertThat(pings).isZero();
  }

  @Test
  void whoeverRefusesLives() {
    pingFails = Optional.of(ErrorCode.UNSUPPORTED);
    call("waits");
    scheduler.runFor(Duration.ofMinutes(1));
    assertThat(brokenOff).isEmpty();
  }

  @Test
  void withoutCallsNobodyIsAsked() {
    call("done").complete("done");
    scheduler.runFor(Duration.ofMinutes(1));
    assertThat(pings).isZero();
  }

  private CompletableFuture<String> call(String name) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    life.await(
        answer,
        () -> {
          brokenOff.add(name);
          answer.completeExceptionally(new TerraneException(ErrorCode.NODE_UNREACHABLE, name));
        });
    return answer;
  }

  /** Answered at once, or late, when the time is over. */
  private CompletableFuture<?> ping(Duration timeout) {
    pings++;
    CompletableFuture<String> answer = new CompletableFuture<>();
    if (pingFails.isEmpty()) {
      answer.complete("here");
    } else {
      TerraneException failure = new TerraneException(pingFails.get(), "ping");
      scheduler.schedule(timeout, () -> answer.completeExceptionally(failure));
    }
    return answer;
  }
}
