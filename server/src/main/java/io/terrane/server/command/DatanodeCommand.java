package io.terrane.server.command;

import io.terrane.server.assembly.SingleRole;
import io.terrane.server.lifecycle.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a datanode: regions on the log and the bucket. */
@Command(
    name = "datanode",
    description = "Runs a datanode: regions on the log and the bucket.",
    mixinStandardHelpOptions = true)
public final class DatanodeCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws Exception {
    Shutdown shutdown = new Shutdown();
    try (SingleRole role = SingleRole.datanode(options.load("datanode.node-id"))) {
      System.out.println("terrane datanode ready: " + role.address());
      shutdown.await();
    } finally {
      shutdown.finished();
    }
    return 0;
  }
}
