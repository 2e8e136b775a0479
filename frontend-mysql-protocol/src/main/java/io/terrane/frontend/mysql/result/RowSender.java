package io.terrane.frontend.mysql.result;

import io.terrane.api.sql.StatementResult;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Sends the rows of one result, a batch each time it is resumed: whoever resumes it only while the
 * channel takes more holds no more than the channel's limit and one encoded batch in memory,
 * however long the client takes.
 */
final class RowSender implements Continuation {
  private final StatementResult.Rows result;
  private final RowEncoder encoder;
  private final ZoneId zone;
  private final Responder responder;
  private final Supplier<Continuation> afterRows;

  /**
   * @param afterRows writes the end of the result, once its rows are closed, and says what follows
   */
  RowSender(
      StatementResult.Rows result,
      RowEncoder encoder,
      ZoneId zone,
      Responder responder,
      Supplier<Continuation> afterRows) {
    this.result = result;
    this.encoder = encoder;
    this.zone = zone;
    this.responder = responder;
    this.afterRows = afterRows;
  }

  @Override
  public Continuation resume() {
    if (result.rows().advance(this::send)) {
      return this;
    }
    close();
    return afterRows.get();
  }

  private void send(VectorSchemaRoot batch) {
    ColumnEncoder[] columns = new ColumnEncoder[result.columns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ColumnEncoder.of(batch.getVector(i), result.columns().get(i), zone);
    }
    for (int i = 0; i < batch.getRowCount(); i++) {
      int row = i;
      responder.packet(out -> encoder.write(columns, row, out));
    }
  }

  @Override
  public void close() {
    result.rows().close();
  }
}
