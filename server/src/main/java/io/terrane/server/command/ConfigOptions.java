package io.terrane.server.command;

import io.terrane.server.config.TerraneConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How every role is configured. */
final class ConfigOptions {
  @Option(names = "--config", description = "TOML file; see docs/operations.md for its keys")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "one value over the file's and the environment's; may be repeated")
  private List<String> sets = new ArrayList<>();

  /**
   * @param required keys that the role cannot guess
   */
  TerraneConfig load(String... required) {
    return TerraneConfig.load(Optional.ofNullable(file), System.getenv(), sets, List.of(required));
  }
}
