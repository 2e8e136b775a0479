package io.terrane.benchmarks;

import io.terrane.api.time.Ticker;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** What the commands share that measure a cluster which runs already, as its clients. */
final class ClientCommand {
  private ClientCommand() {}

  /**
   * Runs a command and ends the process with its status.
   *
   * @param command makes it, of a clock and of an executor with one thread
   */
  @SuppressForbidden(reason = "a measurement reads the clock and runs its client in a thread")
  static void run(
      BiFunction<Ticker, ExecutorService, Callable<Integer>> command, String[] arguments) {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    int status = new CommandLine(command.apply(System::nanoTime, executor)).execute(arguments);
    executor.shutdown();
    System.exit(status);
  }

  /** Of a frontend on this machine, for Connector/J. */
  static String url(int port) {
    return "jdbc:mysql://127.0.0.1:" + port + "/public?useSSL=false&allowPublicKeyRetrieval=true";
  }
}
