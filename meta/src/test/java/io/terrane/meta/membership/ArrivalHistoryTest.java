package io.terrane.meta.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalHistoryTest {
  private static final long MILLI = 1_000_000;

  @Test
  void phiIsTheLogarithmOfTheProbabilityThatAHeartbeatStillComes() {
    ArrivalHistory history = regular(Duration.ZERO, 500);
    long last = 100 * 500 * MILLI;
    // At the mean one half of the heartbeats is still to come; three deviations above, 0.135 %.
    assertThat(history.phi(last + 500 * MILLI)).isCloseTo(0.301, within(0.01));
    assertThat(history.phi(last + 800 * MILLI)).isCloseTo(2.87, within(0.05));
    assertThat(history.phi(last)).isCloseTo(0, within(0.001));
  }

  @Test
  void itGrowsWithTheSilenceAndStaysFinite() {
    ArrivalHistory history = regular(Duration.ofMillis(1_500), 500);
    long last = 100 * 500 * MILLI;
    double before = 0;
    for (long silence = 2_000; silence < 60_000; silence += 100) {
      double phi = history.phi(last + silence * MILLI);
      assertThat(phi).isGreaterThan(before).isFinite();
      before = phi;
    }
    assertThat(history.phi(last + 2_000 * MILLI)).isLessThan(1);
    assertThat(history.phi(last + 2_600 * MILLI)).isGreaterThan(8);
  }

  @Test
  void aNodeThatIsIrregularIsGivenMoreTime() {
    ArrivalHistory irregular = new ArrivalHistory(Duration.ofMillis(500), Duration.ZERO, 0);
    long now = 0;
    for (int i = 0; i < 100; i++) {
      now += (i % 2 == 0 ? 500 : 2_500) * MILLI;
      irregular.heard(now);
    }
    assertThat(irregular.phi(now + 3_000 * MILLI)).isLessThan(2);
    assertThat(regular(Duration.ZERO, 500).phi(100 * 500 * MILLI + 3_000 * MILLI))
        .isGreaterThan(100);
  }

  @Test
  void heartbeatsThatWereSentEarlyDoNotShortenThePatience() {
    assertThat(regular(Duration.ZERO, 20).phi(100 * 20 * MILLI + 500 * MILLI))
        .isCloseTo(0.301, within(0.01));
  }

  private static ArrivalHistory regular(Duration pause, long millis) {
    ArrivalHistory history = new ArrivalHistory(Duration.ofMillis(500), pause, 0);
    for (int i = 1; i <= 100; i++) {
      history.heard(i * millis * MILLI);
    }
    return history;
  }
}
