package io.terrane.datanode.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CompactionSlotsTest {
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
