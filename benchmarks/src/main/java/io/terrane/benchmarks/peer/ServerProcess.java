package io.terrane.benchmarks.peer;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own; its complaints go to a file of its folder. */
public final class ServerProcess implements AutoCloseable {
  private static final long STOP_SECONDS_MAX = 30;

  private final Process process;

  private ServerProcess(Process process) {
    this.process = process;
  }

  /** Starts a command. */
  public static ServerProcess start(List<String> command, Path directory) throws IOException {
    File log = directory.resolve("server.log").toFile();
    return new ServerProcess(new ProcessBuilder(command).redirectError(log).start());
  }

  /** Reads the output up to the line that matches; the match. */
  public Matcher await(Pattern pattern) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        return matcher;
      }
    }
    throw new IOException("the server ended before it was ready");
  }

  /** CPU time taken so far. */
  Duration cpu() {
    return cpu(process.toHandle());
  }

  static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** {@code kill -9}; returns when the process is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
