package io.terrane.benchmarks;

import io.terrane.benchmarks.moves.ProcessCluster;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A cluster of processes for the commands that measure one which runs. Prints {@code cluster ready:
 * HOST:PORT} and runs until its standard input ends.
 */
@Command(
    name = "cluster",
    description = "Kafka, S3, metasrv, datanodes, frontend: each a process, on loopback.",
    mixinStandardHelpOptions = true)
public final class Cluster implements Callable<Integer> {
  @Option(names = "--dir", required = true, description = "for the data; must not exist")
  private Path directory;

  @Option(names = "--datanodes", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int datanodes;

  @Option(names = "--set", description = "key=value, for metasrv, datanodes and frontend alike")
  private List<String> settings = List.of();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Cluster()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (ProcessCluster cluster = new ProcessCluster(directory, datanodes, settings)) {
      System.out.println("cluster ready: " + cluster.frontend());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    return 0;
  }
}
