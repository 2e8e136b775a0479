package io.terrane.benchmarks;

import io.terrane.api.time.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Locale;
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

  /** How busy the machine is with this and everything else. */
  static String load() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "load average %.1f on %d processors",
        system.getSystemLoadAverage(),
        system.getAvailableProcessors());
  }

  /** Of a frontend on this machine, for Connector/J. */
  static String url(int port) {
    return url("127.0.0.1:" + port);
  }

  /** Of a frontend at {@code host:port}. */
  static String url(String frontend) {
    return "jdbc:mysql://" + frontend + "/public?useSSL=false&allowPublicKeyRetrieval=true";
  }
}
