package io.terrane.server.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * {@code -Dsimulation.seed=N} runs that seed alone, {@code -Dsimulation.seeds=N} so many, {@code
 * -Dsimulation.first=N} from that one on.
 */
class ClusterSimulationTest {
  private static final int SEEDS = 200;

  @Test
  void everySeed() {
    Long one = Long.getLong("simulation.seed");
    long first = one == null ? Long.getLong("simulation.first", 1) : one;
    long count = one == null ? Integer.getInteger("simulation.seeds", SEEDS) : 1;
    for (long seed = first; seed < first + count; seed++) {
      ClusterSimulation run = new ClusterSimulation(seed).run();
      System.out.println(run);
      if (one != null) {
        run.trace().forEach(System.out::println);
      }
    }
  }

  @Test
  void theSameSeedIsTheSameRun() {
    assertThat(new ClusterSimulation(7).run().trace())
        .isEqualTo(new ClusterSimulation(7).run().trace());
  }
}
