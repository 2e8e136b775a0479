package io.terrane.server.sim;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * {@code -Dsimulation.seed=N} runs that seed alone and prints what happened, {@code
 * -Dsimulation.seeds=N} so many, {@code -Dsimulation.first=N} from that one on. Otherwise as many
 * of 200 as a build has time for.
 */
class ClusterSimulationTest {
  private static final int SEEDS = 200;
  private static final Duration LENGTH_MAX = Duration.ofSeconds(45);
  private static final int FAILURES_MAX = 10;
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static Level usual;

  @BeforeAll
  static void failuresAreExpectedHere() {
    usual = ROOT.getLevel();
    ROOT.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAsUsual() {
    ROOT.setLevel(usual);
  }

  @Test
  void whatClientsWereToldIsSo() {
    Long one = Long.getLong("simulation.seed");
    long first = one == null ? Long.getLong("simulation.first", 1) : one;
    long count = one == null ? Integer.getInteger("simulation.seeds", SEEDS) : 1;
    List<String> failures = new ArrayList<>();
    boolean bounded = Integer.getInteger("simulation.seeds") == null;
    long end = System.nanoTime() + LENGTH_MAX.toNanos();
    for (long seed = first; seed < first + count && failures.size() < FAILURES_MAX; seed++) {
      if (bounded && System.nanoTime() > end) {
        break;
      }
      try {
        ClusterSimulation run = new ClusterSimulation(seed).run();
        System.out.println(run);
        if (one != null) {
          run.trace().forEach(System.out::println);
        }
      } catch (AssertionError failure) {
        failure.printStackTrace(System.out);
        failures.add(failure.getMessage());
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void theSameSeedIsTheSameRun() {
    assertThat(new ClusterSimulation(7).run().trace())
        .isEqualTo(new ClusterSimulation(7).run().trace());
  }
}
