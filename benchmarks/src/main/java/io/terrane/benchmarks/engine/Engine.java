package io.terrane.benchmarks.engine;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures the region engine alone; one measurement a run. */
@Command(
    name = "engine",
    description = "The region engine without SQL.",
    mixinStandardHelpOptions = true,
    subcommands = {Ingest.class, FileSize.class, Scan.class, Recovery.class, ManyRegions.class})
public final class Engine {
  private Engine() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Engine()).execute(arguments));
  }
}
