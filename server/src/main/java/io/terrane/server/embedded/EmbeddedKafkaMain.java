package io.terrane.server.embedded;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A Kafka broker as a process of its own. Prints {@code kafka ready: host:port} and runs until its
 * standard input ends, so it never outlives the test that started it.
 */
@Command(name = "embedded-kafka", mixinStandardHelpOptions = true)
public final class EmbeddedKafkaMain implements Callable<Integer> {
  @Option(names = "--data-dir", required = true, description = "folder of the broker")
  private Path directory;

  @Option(names = "--port", defaultValue = "0", description = "0 for a free one")
  private int port;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EmbeddedKafkaMain()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, port)) {
      System.out.println("kafka ready: " + kafka.bootstrapServers());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    return 0;
  }
}
