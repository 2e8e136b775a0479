package io.terrane.server.sim;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A sample of the fault matrix in every build; all of it with {@code -Dmatrix.all=true}, which
 * prints the table, and writes it with {@code -Dmatrix.file=PATH}.
 */
class FaultMatrixTest {
  private static final int SAMPLE = 17;
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static Level usual;

  @BeforeAll
  static void failuresAreExpectedHere() {
    usual = ROOT.getLevel();
    ROOT.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAsUsual() {
    ROOT.setLevel(usual);
  }

  @Test
  void noFaultInNoStepLosesAnything() throws IOException {
    boolean all = Boolean.getBoolean("matrix.all");
    List<String> failures = new ArrayList<>();
    StringBuilder table = new StringBuilder();
    int number = 0;
    int run = 0;
    for (FaultCell.Occasion occasion : FaultCell.Occasion.values()) {
      table.append(head(occasion));
      for (FaultCell.Fault fault : FaultCell.Fault.values()) {
        table.append("| ").append(fault).append(" |");
        for (FaultCell.Step step : FaultCell.Step.values()) {
          if (all || number++ % SAMPLE == 0) {
            table.append(' ').append(cell(occasion, step, fault, failures)).append(" |");
            run++;
          } else {
            table.append(" |");
          }
        }
        table.append('\n');
      }
    }
    System.out.println(table);
    System.out.println(run + " cells, " + failures.size() + " failed");
    String file = System.getProperty("matrix.file");
    if (file != null) {
      Files.writeString(Path.of(file), table.toString());
    }
    assertThat(failures).isEmpty();
  }

  private static String cell(
      FaultCell.Occasion occasion,
      FaultCell.Step step,
      FaultCell.Fault fault,
      List<String> failures) {
    FaultCell cell = new FaultCell(occasion, step, fault);
    try {
      return cell.run();
    } catch (AssertionError failure) {
      failure.printStackTrace(System.out);
      failures.add(failure.getMessage());
      return "FAILED";
    }
  }

  private static String head(FaultCell.Occasion occasion) {
    String steps =
        Arrays.stream(FaultCell.Step.values()).map(Enum::name).collect(Collectors.joining(" | "));
    return "\n| "
        + occasion
        + " | "
        + steps
        + " |\n|"
        + " --- |".repeat(FaultCell.Step.values().length + 1)
        + "\n";
  }
}
