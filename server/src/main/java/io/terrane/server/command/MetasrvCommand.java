package io.terrane.server.command;

import io.terrane.server.assembly.SingleRole;
import io.terrane.server.lifecycle.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the control plane: metadata, procedures, membership. */
@Command(
    name = "metasrv",
    description = "Runs the control plane: metadata, procedures, membership.",
    mixinStandardHelpOptions = true)
public final class MetasrvCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    Shutdown shutdown = new Shutdown();
    try (SingleRole role = SingleRole.metasrv(options.load())) {
      System.out.println("terrane metasrv ready: " + role.address());
      shutdown.await();
    } finally {
      shutdown.finished();
    }
    return 0;
  }
}
