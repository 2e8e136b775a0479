package io.terrane.datanode.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.testing.SimulatedScheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BytePaceTest {
  private final SimulatedScheduler time = new SimulatedScheduler();
  private final AtomicLong rate = new AtomicLong(1_000);
  private final BytePace pace = new BytePace(time, rate::get);

  @Test
  void whoTakesBytesWaitsUntilTheRateIsKept() {
    assertThat(pace.charge(500)).isEqualTo(Duration.ofMillis(500));
    assertThat(pace.charge(500)).isEqualTo(Duration.ofSeconds(1));
    time.runFor(Duration.ofSeconds(10));
    assertThat(pace.charge(100)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void withoutARateNobodyWaitsNorAfterwards() {
    pace.charge(5_000);
    rate.set(0);
    assertThat(pace.charge(1L << 40)).isZero();
    rate.set(1_000);
    assertThat(pace.charge(100)).isEqualTo(Duration.ofMillis(100));
  }
}
