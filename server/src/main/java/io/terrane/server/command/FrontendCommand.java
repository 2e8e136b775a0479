package io.terrane.server.command;

import io.terrane.server.assembly.SingleRole;
import io.terrane.server.lifecycle.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a frontend: the MySQL protocol over the query engine. */
@Command(
    name = "frontend",
    description = "Runs a frontend: the MySQL protocol over the query engine.",
    mixinStandardHelpOptions = true)
public final class FrontendCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    Shutdown shutdown = new Shutdown();
    try (SingleRole role = SingleRole.frontend(options.load())) {
      System.out.println("terrane frontend ready: " + role.address());
      shutdown.await();
    } finally {
      shutdown.finished();
    }
    return 0;
  }
}
