package io.terrane.server.command;

import io.terrane.server.assembly.LocalCluster;
import io.terrane.server.assembly.SampleData;
import io.terrane.server.lifecycle.Shutdown;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A whole cluster in one process, to try things on. */
@Command(
    name = "playground",
    description = {
      "Runs a cluster in this process: an embedded Kafka broker and S3 server, a metasrv,",
      "datanodes and a frontend. Creates the sample table migration_target in an empty",
      "data directory. Runs until Ctrl-C; the next start finds everything again."
    },
    mixinStandardHelpOptions = true)
public final class PlaygroundCommand implements Callable<Integer> {
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
      names = "--datanodes",
      defaultValue = "3",
      description = "number of datanodes, with ids from 1 (default: ${DEFAULT-VALUE})")
  private int datanodes;

  @Option(names = "--empty", description = "create no sample table")
  private boolean empty;

  @Option(
      names = "--http-port",
      description = "answers /health, /ready and /metrics on 127.0.0.1; 0 takes a free port")
  private Optional<Integer> httpPort = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Shutdown shutdown = new Shutdown();
    try (LocalCluster cluster = LocalCluster.playground(dataDirectory, datanodes, port)) {
      if (cluster.isNew() && !empty) {
        SampleData.create(cluster.sql());
      }
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
