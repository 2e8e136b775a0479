package io.terrane.meta.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tlc2.TLC;

/**
 * {@code docs/spec/RegionMove.tla}, tried in all its states by TLC; and its variants that lack one
 * thing each, of which the checker must find what that thing is for.
 */
class RegionMoveSpecificationTest {
  private static final Path SPECIFICATION = Path.of("..", "docs", "spec", "RegionMove.tla");

  @TempDir Path folder;

  @Test
  void noReachableStateLosesARow() throws Exception {
    String output = check("RegionMove");
    assertThat(output).contains("Model checking completed. No error has been found.");
    System.out.println(states(output));
  }

  @ParameterizedTest
  @CsvSource({
    "WithoutFence, NothingComesBack",
    "AcknowledgesWithoutLease, ReplayFindsThem",
    "DoesNotWaitForLease, ReplayFindsThem",
    "AnswersAsFormerLeader, ReplayFindsThem"
  })
  void whatIsLeftOutIsMissed(String variant, String invariant) throws Exception {
    assertThat(check(variant)).contains("Invariant " + invariant + " is violated.");
  }

  /** In a process of its own, since TLC keeps its state in statics and ends the JVM. */
  private String check(String model) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process tlc =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-cp",
                Path.of(TLC.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                    .toString(),
                TLC.class.getName(),
                "-workers",
                "1",
                "-metadir",
                folder.resolve("states").toString(),
                "-config",
                model + ".cfg",
                SPECIFICATION.getFileName().toString())
            .directory(SPECIFICATION.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(tlc.waitFor(5, TimeUnit.MINUTES)).as("the checker has ended").isTrue();
    } finally {
      tlc.destroyForcibly();
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static List<String> states(String output) {
    return output.lines().filter(line -> line.contains("distinct states found, 0")).toList();
  }
}
