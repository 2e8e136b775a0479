package io.terrane.sqllogictest;

import io.terrane.sqllogictest.SltRecord.Expectation;
import io.terrane.sqllogictest.SltRecord.SortMode;
import io.terrane.sqllogictest.SltResult.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the records of one file over one JDBC connection and compares. */
public final class SltRunner {
  private final Connection connection;
  private final Map<String, String> hashByLabel = new HashMap<>();
  private int hashThreshold;

  public SltRunner(Connection connection) {
    this.connection = connection;
  }

  /** Runs up to the end or a {@code halt}; a failure does not stop the file. */
  public SltResult run(List<SltRecord> records) {
    int passed = 0;
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      SltRecord record = records.get(i);
      if (record instanceof SltRecord.Halt) {
        return new SltResult(passed, records.size() - i, failures);
      }
      Optional<Failure> failure = run(record);
      failure.ifPresent(failures::add);
      if (failure.isEmpty() && !(record instanceof SltRecord.HashThreshold)) {
        passed++;
      }
    }
    return new SltResult(passed, 0, failures);
  }

  private Optional<Failure> run(SltRecord record) {
    if (record instanceof SltRecord.Statement statement) {
      return run(statement);
    }
    if (record instanceof SltRecord.Query query) {
      return run(query);
    }
    hashThreshold = ((SltRecord.HashThreshold) record).values();
    return Optional.empty();
  }

  private Optional<Failure> run(SltRecord.Statement record) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(record.sql());
      return record.expectation() == Expectation.ERROR
          ? failed(record.line(), record.sql(), "an error was expected")
          : Optional.empty();
    } catch (SQLException error) {
      if (record.expectation() == Expectation.OK) {
        return failed(record.line(), record.sql(), describe(error));
      }
      return record.errno().filter(errno -> errno != error.getErrorCode()).isPresent()
          ? failed(
              record.line(),
              record.sql(),
              "error " + record.errno().get() + " was expected, " + describe(error))
          : Optional.empty();
    }
  }

  private Optional<Failure> run(SltRecord.Query record) {
    List<String> actual;
    int rows;
    try (Statement statement = connection.createStatement()) {
      SltValues values = SltValues.read(statement.executeQuery(record.sql()), record.types());
      actual = values.sorted(record.sort());
      rows = values.rows();
      if (!record.types().isEmpty() && values.columns() != record.types().length()) {
        return failed(
            record.line(),
            record.sql(),
            record.types().length() + " columns were expected, not " + values.columns());
      }
    } catch (SQLException error) {
      return failed(record.line(), record.sql(), describe(error));
    }
    String hash = SltValues.md5(actual);
    if (!record.label().isEmpty()) {
      String before = hashByLabel.putIfAbsent(record.label(), hash);
      if (before != null && !before.equals(hash)) {
        return failed(
            record.line(), record.sql(), "differs from an earlier query of " + record.label());
      }
    }
    return compare(record, actual, rows, hash);
  }

  private Optional<Failure> compare(
      SltRecord.Query record, List<String> actual, int rows, String hash) {
    List<String> expected = record.expected();
    if (expected.size() == 1 && expected.get(0).contains(" values hashing to ")) {
      String got = actual.size() + " values hashing to " + hash;
      return got.equals(expected.get(0))
          ? Optional.empty()
          : failed(record.line(), record.sql(), expected.get(0) + " expected, got " + got);
    }
    List<String> wanted = SltValues.expected(expected, rows, actual.size(), record.types());
    if (record.sort() != SortMode.NOSORT) {
      wanted = SltValues.sort(wanted, record.sort(), Math.max(1, record.types().length()));
    }
    return wanted.equals(actual)
        ? Optional.empty()
        : failed(
            record.line(),
            record.sql(),
            "expected " + shortened(wanted) + " got " + shortened(actual));
  }

  private String shortened(List<String> values) {
    int shown = Math.min(values.size(), Math.max(16, hashThreshold));
    return values.subList(0, shown) + (shown < values.size() ? " and more" : "");
  }

  private static String describe(SQLException error) {
    return "got error "
        + error.getErrorCode()
        + " ("
        + error.getSQLState()
        + "): "
        + error.getMessage();
  }

  private static Optional<Failure> failed(int line, String sql, String reason) {
    return Optional.of(new Failure(line, sql, reason));
  }
}
