package io.terrane.server.metrics;

import io.micrometer.core.instrument.Timer;
import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.FileContent;
import io.terrane.api.sql.PreparedStatement;
import io.terrane.api.sql.SessionStatus;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.Datum;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** A session whose statements are timed. */
final class MeteredSqlSession implements SqlSession {
  private final SqlSession session;
  private final MeteredSqlService meters;

  MeteredSqlSession(SqlSession session, MeteredSqlService meters) {
    this.session = session;
    this.meters = meters;
  }

  @Override
  public Iterator<StatementResult> execute(String sql, boolean multiple) {
    Timer.Sample first = meters.begin();
    Iterator<StatementResult> results = meters.counted(() -> session.execute(sql, multiple));
    return new Iterator<>() {
      private Timer.Sample sample = first;

      @Override
      public boolean hasNext() {
        return meters.counted(results::hasNext);
      }

      @Override
      public StatementResult next() {
        Timer.Sample current = sample == null ? meters.begin() : sample;
        sample = null;
        return timed(meters.counted(results::next), current);
      }
    };
  }

  @Override
  public PreparedStatement prepare(String sql) {
    return meters.counted(() -> session.prepare(sql));
  }

  @Override
  public StatementResult execute(PreparedStatement statement, List<Datum> parameters) {
    Timer.Sample sample = meters.begin();
    return timed(meters.counted(() -> session.execute(statement, parameters)), sample);
  }

  private StatementResult timed(StatementResult result, Timer.Sample sample) {
    if (result instanceof StatementResult.Rows rows) {
      return new StatementResult.Rows(
          rows.columns(), new TimedRows(rows.rows(), sample), rows.warnings());
    }
    if (result instanceof StatementResult.ClientFile file) {
      return new StatementResult.ClientFile(file.name(), new TimedFile(file.content(), sample));
    }
    meters.end(sample);
    return result;
  }

  @Override
  public void useDatabase(String database) {
    session.useDatabase(database);
  }

  @Override
  public void reset() {
    session.reset();
  }

  @Override
  public SessionStatus status() {
    return session.status();
  }

  @Override
  public ZoneId timeZone() {
    return session.timeZone();
  }

  @Override
  public void cancel() {
    session.cancel();
  }

  @Override
  public void close() {
    session.close();
  }

  /** The file of one statement, which ends with it. */
  private final class TimedFile implements FileContent {
    private final FileContent content;
    private final Timer.Sample sample;

    TimedFile(FileContent content, Timer.Sample sample) {
      this.content = content;
      this.sample = sample;
    }

    @Override
    public void accept(ByteBuffer bytes) {
      meters.counted(
          () -> {
            content.accept(bytes);
            return true;
          });
    }

    @Override
    public StatementResult.Affected finish() {
      StatementResult.Affected done = meters.counted(content::finish);
      meters.end(sample);
      return done;
    }

    @Override
    public void close() {
      content.close();
    }
  }

  /** The rows of one statement, which ends with the last of them. */
  private final class TimedRows implements BatchStream {
    private final BatchStream rows;
    private final Timer.Sample sample;
    private boolean ended;

    TimedRows(BatchStream rows, Timer.Sample sample) {
      this.rows = rows;
      this.sample = sample;
    }

    @Override
    public Schema schema() {
      return rows.schema();
    }

    @Override
    public boolean advance(BatchSink sink) {
      boolean more = meters.counted(() -> rows.advance(sink));
      if (!more && !ended) {
        ended = true;
        meters.end(sample);
      }
      return more;
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
