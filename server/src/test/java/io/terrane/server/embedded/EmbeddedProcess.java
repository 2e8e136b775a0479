package io.terrane.server.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of ours in a process of its own, which ends with this one. */
public final class EmbeddedProcess implements AutoCloseable {
  private final Process process;
  private final String ready;

  private EmbeddedProcess(Process process, String ready) {
    this.process = process;
    this.ready = ready;
  }

  /** Waits until a line of its output holds {@code "ready: "}. Its errors go to ours. */
  public static EmbeddedProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      int at = line.indexOf("ready: ");
      if (at >= 0) {
        return new EmbeddedProcess(process, line.substring(at + "ready: ".length()));
      }
    }
    throw new IOException(main.getSimpleName() + " ended before it was ready");
  }

  /** What stood behind {@code "ready: "}. */
  public String address() {
    return ready;
  }

  /** As {@code kill -9} does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends its standard input and waits until it has stopped. */
  @Override
  public void close() throws IOException {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        kill();
        throw new IOException("the process does not stop: " + process.info());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
