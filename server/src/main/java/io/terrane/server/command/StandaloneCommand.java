package io.terrane.server.command;

import io.terrane.server.assembly.LocalCluster;
import io.terrane.server.lifecycle.Shutdown;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One process with a local log and a local folder. */
@Command(
    name = "standalone",
    description = "Runs everything in this process, with a local log and folder: no Kafka, no S3.",
    mixinStandardHelpOptions = true)
public final class StandaloneCommand implements Callable<Integer> {
  @Option(
      names = "--data-dir",
      defaultValue = "./terrane-data",
      description = "where everything is kept (default: ${DEFAULT-VALUE})")
  private Path dataDirectory;

  @Option(
      names = "--port",
      defaultValue = "4002",
      description = "MySQL port on 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--http-port",
      description = "answers /health, /ready and /metrics on 127.0.0.1; 0 takes a free port")
  private Optional<Integer> httpPort = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Shutdown shutdown = new Shutdown();
    try (LocalCluster cluster = LocalCluster.standalone(dataDirectory, port)) {
      httpPort
          .map(cluster::listenHttp)
          .ifPresent(listening -> System.out.println("http://127.0.0.1:" + listening + "/metrics"));
      System.out.println("terrane ready: mysql -h 127.0.0.1 -P " + cluster.mysqlPort());
      shutdown.await();
    } finally {
      shutdown.finished();
    }
    return 0;
  }
}
