package io.terrane.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigBinderTest {
  enum Kind {
    LOCAL,
    KAFKA
  }

  record Inner(int depth, int width) {}

  public record Id(long value) {}

  record Sample(
      Kind kind,
      Duration leaseDuration,
      long bufferBytes,
      Optional<String> endpoint,
      List<String> peers,
      Map<String, String> client,
      Inner inner,
      Id nodeId,
      boolean pathStyle) {
    Sample {
      if (bufferBytes < 0) {
        throw new IllegalArgumentException("buffer-bytes is negative");
      }
    }

    static Sample defaults() {
      return new Sample(
          Kind.LOCAL,
          Duration.ofSeconds(10),
          1024,
          Optional.empty(),
          List.of(),
          Map.of(),
          new Inner(1, 2),
          new Id(0),
          true);
    }
  }

  @TempDir Path folder;

  private final ConfigProblems problems = new ConfigProblems();

  @Test
  void nothingGivenLeavesTheDefaults() {
    assertThat(binder("", Map.of(), List.of()).bind("log", Sample.defaults()))
        .isEqualTo(Sample.defaults());
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void everyKindOfValueIsRead() {
    ConfigBinder binder =
        binder(
            """
            [log]
            kind = "kafka"
            lease-duration = "500ms"
            buffer-bytes = "64MB"
            endpoint = "http://127.0.0.1:9"
            peers = ["a:1", "b:2"]
            path-style = false
            node-id = 3
            [log.client]
            "linger.ms" = 5
            [log.inner]
            depth = 7
            """,
            Map.of(),
            List.of());

    assertThat(binder.bind("log", Sample.defaults()))
        .isEqualTo(
            new Sample(
                Kind.KAFKA,
                Duration.ofMillis(500),
                64L << 20,
                Optional.of("http://127.0.0.1:9"),
                List.of("a:1", "b:2"),
                Map.of("linger.ms", "5"),
                new Inner(7, 2),
                new Id(3),
                false));
    binder.reportUnknownKeys();
    assertThat(problems.all()).isEmpty();
  }

  @Test
  void theEnvironmentBeatsTheFileAndSetBeatsBoth() {
    ConfigBinder binder =
        binder(
            "[log]\nbuffer-bytes = 1\nlease-duration = \"1s\"\n",
            Map.of("TERRANE_LOG_BUFFER_BYTES", "2", "TERRANE_LOG_LEASE_DURATION", "2s"),
            List.of("log.buffer-bytes=3"));

    Sample bound = binder.bind("log", Sample.defaults());

    assertThat(bound.bufferBytes()).isEqualTo(3);
    assertThat(bound.leaseDuration()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void allProblemsAreReportedTogether() {
    ConfigBinder binder =
        binder(
            "[log]\nkind = \"s3\"\nlease-duration = \"soon\"\nbufer-bytes = 1\nbuffer-bytes = -1\n",
            Map.of(),
            List.of("nonsense"));
    binder.bind("log", Sample.defaults());
    binder.reportUnknownKeys();

    assertThat(problems.all())
        .hasSize(5)
        .anyMatch(p -> p.contains("--set nonsense is not key=value"))
        .anyMatch(p -> p.contains("expected one of local, kafka"))
        .anyMatch(p -> p.contains("log.lease-duration = soon"))
        .anyMatch(p -> p.contains("buffer-bytes is negative"))
        .anyMatch(p -> p.contains("log.bufer-bytes; did you mean log.buffer-bytes?"));
  }

  private ConfigBinder binder(String toml, Map<String, String> environment, List<String> sets) {
    try {
      Path file = Files.writeString(folder.resolve("terrane.toml"), toml);
      return new ConfigBinder(
          ConfigValues.read(Optional.of(file), environment, sets, problems), problems);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
