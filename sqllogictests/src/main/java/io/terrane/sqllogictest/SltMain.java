package io.terrane.sqllogictest;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs files or folders of {@code .slt} and {@code .test} against a server: {@code SltMain
 * jdbc:mysql://127.0.0.1:4002/ PATH…}. Each file gets a database of its own. Exits with 1 if a
 * record failed.
 */
public final class SltMain {
  private static final int FAILURES_SHOWN_MAX = 10;

  private SltMain() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    if (arguments.length < 2) {
      System.err.println("usage: SltMain JDBC-URL PATH...");
      System.exit(2);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long passed = 0;
    long failed = 0;
    for (int i = 1; i < arguments.length; i++) {
      for (Path file : files(Path.of(arguments[i]))) {
        SltResult result = run(arguments[0], file);
        passed += result.passed();
        failed += result.failures().size();
        out.println(
            file + ": " + result.passed() + " passed, " + result.failures().size() + " failed");
        result.failures().stream().limit(FAILURES_SHOWN_MAX).forEach(f -> out.println("  " + f));
      }
    }
    out.println("in all: " + passed + " passed, " + failed + " failed");
    System.exit(failed == 0 ? 0 : 1);
  }

  /** Runs one file in a new database, which is dropped afterwards. */
  public static SltResult run(String url, Path file) throws IOException, SQLException {
    String database = "slt_" + Integer.toHexString(file.toString().hashCode());
    try (Connection connection = DriverManager.getConnection(url, "root", "")) {
      execute(connection, "DROP DATABASE IF EXISTS " + database);
      execute(connection, "CREATE DATABASE " + database);
      connection.setCatalog(database);
      SltResult result =
          new SltRunner(connection)
              .run(SltParser.parse(Files.readAllLines(file, StandardCharsets.UTF_8)));
      execute(connection, "DROP DATABASE " + database);
      return result;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (Stream<Path> tree = Files.walk(path)) {
      return new ArrayList<>(
          tree.filter(Files::isRegularFile)
              .filter(file -> file.toString().endsWith(".slt") || file.toString().endsWith(".test"))
              .sorted()
              .toList());
    }
  }
}
