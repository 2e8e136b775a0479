package io.terrane.server.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** House rules that no compiler checks; each complaint is file:line. */
class LintTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final int LINES_MAX = 800;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern TODO = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  @Test
  void noFileOutgrowsItsNoun() throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Path file : files(".java")) {
      long lines = read(file).size();
      if (lines > LINES_MAX) {
        complaints.add(ROOT.relativize(file) + ": " + lines + " lines; what is its second noun?");
      }
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Path file : files(".java")) {
      if (!file.endsWith("LintTest.java")) {
        complain(complaints, file, TODO, "finish it or file an issue");
      }
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void linksInTheDocumentsLeadSomewhere() throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Path file : files(".md")) {
      List<String> lines = read(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher link = LINK.matcher(lines.get(i));
        while (link.find()) {
          if (!Files.exists(file.resolveSibling(link.group(1)))) {
            complaints.add(ROOT.relativize(file) + ":" + (i + 1) + ": no " + link.group(1));
          }
        }
      }
    }
    assertThat(complaints).isEmpty();
  }

  @Test
  void theRootPomAloneNamesVersions() throws IOException {
    List<String> complaints = new ArrayList<>();
    for (Path file : files("pom.xml")) {
      if (!file.getParent().equals(ROOT)) {
        long versions =
            read(file).stream()
                .filter(line -> line.contains("<version>") && !line.contains("${"))
                .count();
        if (versions > 1) {
          complaints.add(ROOT.relativize(file) + ": versions belong into the root pom");
        }
      }
    }
    assertThat(complaints).isEmpty();
  }

  private static void complain(
      List<String> complaints, Path file, Pattern pattern, String complaint) throws IOException {
    List<String> lines = read(file);
    for (int i = 0; i < lines.size(); i++) {
      if (pattern.matcher(lines.get(i)).find()) {
        complaints.add(ROOT.relativize(file) + ":" + (i + 1) + ": " + complaint);
      }
    }
  }

  private static List<String> read(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> tree = Files.walk(ROOT)) {
      return tree.filter(file -> file.toString().endsWith(ending))
          .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
          .filter(file -> !ROOT.relativize(file).toString().startsWith("terrane-data"))
          .filter(file -> !ROOT.relativize(file).toString().startsWith(".git"))
          .toList();
    }
  }
}
