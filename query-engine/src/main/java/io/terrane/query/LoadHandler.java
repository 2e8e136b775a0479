package io.terrane.query;

import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.FileContent;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.sql.StatementResult.Affected;
import io.terrane.query.parse.Statement;
import io.terrane.query.write.FileLoad;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** LOAD DATA LOCAL: asks the client for its file and takes it row by row. */
final class LoadHandler {
  private static final long RECORD_BYTES_MAX = 64 << 20;

  private final QueryEngine engine;
  private final SessionState state;

  LoadHandler(QueryEngine engine, SessionState state) {
    this.engine = engine;
    this.state = state;
  }

  StatementResult load(Statement.LoadData statement, Call call) {
    int recordBytesMax =
        (int) Math.min(RECORD_BYTES_MAX, state.variables().number("max_allowed_packet"));
    FileLoad load = engine.planner().load(statement, recordBytesMax, call.scope(), call.context());
    state.wrote();
    return new StatementResult.ClientFile(statement.file(), new Content(load, call.running()));
  }

  /** The file of one statement, which ends with it. */
  private final class Content implements FileContent {
    private final FileLoad load;
    private final RunningStatement running;
    private long warnings;

    Content(FileLoad load, RunningStatement running) {
      this.load = load;
      this.running = running;
      load.onWarning(
          (errno, message) -> {
            warnings++;
            state.warn("Warning", errno, message);
          });
    }

    @Override
    public void accept(ByteBuffer bytes) {
      failing(
          () -> {
            load.accept(bytes);
            return null;
          });
    }

    @Override
    public Affected finish() {
      long count = failing(load::finish);
      state.changedRows(count);
      long skipped = Math.max(0, load.rows() - count);
      String info =
          "Records: "
              + load.rows()
              + "  Deleted: 0  Skipped: "
              + skipped
              + "  Warnings: "
              + warnings;
      return new Affected(count, 0, info, state.problems().size());
    }

    private <T> T failing(Supplier<T> step) {
      try {
        running.check();
        return step.get();
      } catch (RuntimeException failure) {
        TerraneException known = running.failure(failure);
        state.failed(known);
        throw known;
      }
    }

    @Override
    public void close() {
      running.end();
    }
  }
}
