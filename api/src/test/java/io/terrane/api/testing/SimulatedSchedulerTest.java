package io.terrane.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedSchedulerTest {
  private final SimulatedScheduler scheduler = new SimulatedScheduler();
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksRunInOrderOfTimeThenArrival() {
    scheduler.schedule(Duration.ofSeconds(2), () -> ran.add("late"));
    scheduler.schedule(Duration.ofSeconds(1), () -> ran.add("first at " + scheduler.nanos()));
    scheduler.schedule(Duration.ofSeconds(1), () -> ran.add("second"));

    scheduler.runFor(Duration.ofMillis(1500));

    assertThat(ran).containsExactly("first at 1000000000", "second");
    assertThat(scheduler.nanos()).isEqualTo(1_500_000_000L);
  }

  @Test
  void aTaskMayAddOthersAndBeCancelled() {
    Cancellable never = scheduler.schedule(Duration.ofSeconds(1), () -> ran.add("never"));
    scheduler.execute(() -> scheduler.execute(() -> ran.add("inner")));
    never.cancel();

    scheduler.runFor(Duration.ofSeconds(5));

    assertThat(ran).containsExactly("inner");
  }
}
