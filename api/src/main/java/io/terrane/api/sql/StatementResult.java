package io.terrane.api.sql;

import io.terrane.api.batch.BatchStream;
import java.util.List;

/** What one statement gives. */
public sealed interface StatementResult {
  /** Warnings that SHOW WARNINGS would list. */
  int warnings();

  /**
   * Rows. The receiver closes {@code rows}, on the thread it reads them on.
   *
   * @param columns one per column of the stream, in order
   */
  record Rows(List<ResultColumn> columns, BatchStream rows, int warnings)
      implements StatementResult {
    public Rows {
      columns = List.copyOf(columns);
    }
  }

  /**
   * No rows.
   *
   * @param info MySQL's text behind an OK, for instance {@code Records: 2 Duplicates: 0 Warnings:
   *     0}, or empty
   */
  record Affected(long count, long lastInsertId, String info, int warnings)
      implements StatementResult {
    public static final Affected NOTHING = new Affected(0, 0, "", 0);
  }

  /**
   * The client is to send a file of its own, as LOAD DATA LOCAL asks for.
   *
   * @param name as the client wrote it; it alone knows what it means
   * @param content takes the bytes; the receiver closes it
   */
  record ClientFile(String name, FileContent content) implements StatementResult {
    @Override
    public int warnings() {
      return 0;
    }
  }
}
