package io.terrane.datanode.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.testing.SimulatedScheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CompactionPaceTest {
  private final SimulatedScheduler time = new SimulatedScheduler();

  @Test
  void whoWritesWaitsUntilTheRateIsKept() {
    CompactionPace pace = new CompactionPace(time, 1_000);
    assertThat(pace.charge(500)).isEqualTo(Duration.ofMillis(500));
    assertThat(pace.charge(500)).isEqualTo(Duration.ofSeconds(1));
    time.runFor(Duration.ofSeconds(10));
    assertThat(pace.charge(100)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void withoutARateNobodyWaits() {
    assertThat(new CompactionPace(time, 0).charge(1L << 40)).isZero();
  }

  @Test
  void soManySlotsThereAreAndWhoGaveUpIsPassedOver() {
    CompactionSlots slots = new CompactionSlots(1);
    CompletableFuture<Void> first = slots.acquire();
    CompletableFuture<Void> second = slots.acquire();
    CompletableFuture<Void> third = slots.acquire();
    assertThat(first).isCompleted();
    assertThat(second).isNotDone();
    second.completeExceptionally(new IllegalStateException("closed"));
    slots.release();
    assertThat(third).isCompleted();
    slots.release();
    assertThat(slots.acquire()).isCompleted();
  }
}
