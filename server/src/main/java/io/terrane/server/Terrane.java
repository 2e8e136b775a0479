package io.terrane.server;

import io.terrane.server.command.ConfigCommand;
import io.terrane.server.command.DatanodeCommand;
import io.terrane.server.command.FrontendCommand;
import io.terrane.server.command.MetasrvCommand;
import io.terrane.server.command.PlaygroundCommand;
import io.terrane.server.command.StandaloneCommand;
import io.terrane.server.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code terrane} command. */
@Command(
    name = "terrane",
    description = "A distributed SQL server whose regions move while clients keep working.",
    mixinStandardHelpOptions = true,
    versionProvider = Terrane.VersionText.class,
    subcommands = {
      PlaygroundCommand.class,
      StandaloneCommand.class,
      MetasrvCommand.class,
      DatanodeCommand.class,
      FrontendCommand.class,
      ConfigCommand.class
    })
public final class Terrane implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    // Arrow's allocator needs Netty's direct buffers, which newer JDKs only give when asked.
    System.setProperty("io.netty.noUnsafe", "false");
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Terrane())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof ConfigException config) {
                config
                    .problems()
                    .forEach(problem -> command.getErr().println("config: " + problem));
                return 2;
              }
              command.getErr().println("terrane: " + failure.getMessage());
              failure.printStackTrace(command.getErr());
              return 1;
            })
        .execute(arguments);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** What {@code --version} prints. */
  static final class VersionText implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"terrane " + Version.NUMBER + " (" + Version.COMMIT + ")"};
    }
  }
}
