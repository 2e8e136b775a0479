package io.terrane.query.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrane.api.error.TerraneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Statements of real tools and of GreptimeDB's cases, where the folder is at hand, parse. */
final class CorpusTest {
  private static final Path CASES =
      Path.of(System.getProperty("terrane.cases", "../../shared/cases")).toAbsolutePath();

  @Test
  void biToolsParse() throws IOException {
    assertRate("bi", MySqlLexis.DEFAULT, 0.97);
  }

  @Test
  void greptimeCasesParse() throws IOException {
    // Range queries, ALTER and statements that shall fail are among them.
    assertRate("greptimedb", new MySqlLexis(true, true, true), 0.85);
  }

  private static void assertRate(String folder, MySqlLexis lexis, double rateMin)
      throws IOException {
    Path root = CASES.resolve(folder);
    assumeTrue(Files.isDirectory(root), () -> "skipped: no cases at " + root);
    int statements = 0;
    List<String> failures = new ArrayList<>();
    for (Path file : sqlFiles(root)) {
      for (StatementSource source : split(file, lexis, failures)) {
        statements++;
        try {
          source.parse();
        } catch (TerraneException problem) {
          failures.add(
              root.relativize(file) + ": " + source.text() + "\n    " + problem.getMessage());
        }
      }
    }
    failures.forEach(System.out::println);
    System.out.printf(
        "%s: %d of %d statements do not parse%n", folder, failures.size(), statements);
    assertThat(1 - failures.size() / (double) statements).isGreaterThan(rateMin);
  }

  private static List<StatementSource> split(Path file, MySqlLexis lexis, List<String> failures)
      throws IOException {
    try {
      return SqlParsing.split(Files.readString(file).replace("{DB}", "public"), lexis);
    } catch (TerraneException problem) {
      failures.add(file + ": " + problem.getMessage());
      return List.of();
    }
  }

  private static List<Path> sqlFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }
}
