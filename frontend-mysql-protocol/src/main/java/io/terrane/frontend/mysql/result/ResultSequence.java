package io.terrane.frontend.mysql.result;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.FileContent;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.sql.StatementResult.Affected;
import io.terrane.frontend.mysql.message.ColumnDefinition41;
import java.util.Iterator;
import java.util.function.Function;

/** Sends the results of a command's statements one after the other. */
public final class ResultSequence implements Continuation {
  private final SqlSession session;
  private final Iterator<StatementResult> results;
  private final RowEncoder encoder;
  private final Responder responder;
  private final FileReceiver files;
  private TerraneException upcoming;

  /** Passes on what the client sends next, a file, and then goes on with the answer to it. */
  @FunctionalInterface
  public interface FileReceiver {
    void expect(FileContent content, Function<Affected, Continuation> answer);
  }

  public ResultSequence(
      SqlSession session,
      Iterator<StatementResult> results,
      RowEncoder encoder,
      Responder responder,
      FileReceiver files) {
    this.session = session;
    this.results = results;
    this.encoder = encoder;
    this.responder = responder;
    this.files = files;
  }

  /** Runs the next statement and starts its answer. */
  @Override
  public Continuation resume() {
    if (upcoming != null) {
      throw upcoming;
    }
    if (!results.hasNext()) {
      throw new TerraneException(ErrorCode.EMPTY_QUERY, "Query was empty");
    }
    StatementResult result = results.next();
    if (result instanceof StatementResult.Rows rows) {
      return start(rows);
    }
    if (result instanceof StatementResult.ClientFile file) {
      return request(file);
    }
    return answer((Affected) result);
  }

  private Continuation answer(Affected result) {
    responder.ok(result, followed());
    return rest();
  }

  private Continuation request(StatementResult.ClientFile file) {
    try {
      responder.requestFile(file.name());
    } catch (RuntimeException e) {
      file.content().close();
      throw e;
    }
    files.expect(file.content(), this::answer);
    return DONE;
  }

  private Continuation start(StatementResult.Rows rows) {
    RowSender sender =
        new RowSender(rows, encoder, session.timeZone(), responder, () -> end(rows.warnings()));
    try {
      responder.resultHead(rows.columns().stream().map(ColumnDefinition41::of).toList());
    } catch (RuntimeException e) {
      sender.close();
      throw e;
    }
    return sender;
  }

  private Continuation end(int warnings) {
    responder.endOfRows(warnings, followed());
    return rest();
  }

  private Responder.Followed followed() {
    return hasMore() ? Responder.Followed.BY_MORE : Responder.Followed.BY_NOTHING;
  }

  private Continuation rest() {
    return hasMore() ? this : DONE;
  }

  /** A next statement that cannot even be read is an answer of its own, behind the present one. */
  private boolean hasMore() {
    try {
      return upcoming != null || results.hasNext();
    } catch (TerraneException e) {
      upcoming = e;
      return true;
    }
  }

  @Override
  public void close() {}
}
