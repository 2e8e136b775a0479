package io.terrane.server.command;

import io.terrane.server.config.TerraneConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks and shows a configuration without starting anything. */
@Command(
    name = "config",
    description = "Checks or prints a configuration.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(check | print)")
public final class ConfigCommand {
  @Command(name = "check", description = "Loads it and reports every problem.")
  int check(@Mixin ConfigOptions options) {
    options.load();
    System.out.println("the configuration is valid");
    return 0;
  }

  @Command(name = "print", description = "Loads it and prints what is in force; secrets hidden.")
  int print(@Mixin ConfigOptions options) {
    TerraneConfig config = options.load();
    config.lines().forEach(System.out::println);
    return 0;
  }
}
