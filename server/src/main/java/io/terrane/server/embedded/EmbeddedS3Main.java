package io.terrane.server.embedded;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * An S3 server as a process of its own. Prints {@code s3 ready: URL} and runs until its standard
 * input ends, so it never outlives the test that started it.
 */
@Command(name = "embedded-s3", mixinStandardHelpOptions = true)
public final class EmbeddedS3Main implements Callable<Integer> {
  @Option(names = "--data-dir", required = true, description = "folder of the server")
  private Path directory;

  @Option(names = "--port", defaultValue = "0", description = "0 for a free one")
  private int port;

  @Option(names = "--bucket", defaultValue = "terrane", description = "made if there is none")
  private String bucket;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new EmbeddedS3Main()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory, port, bucket)) {
      System.out.println("s3 ready: " + s3.endpoint());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
    return 0;
  }
}
