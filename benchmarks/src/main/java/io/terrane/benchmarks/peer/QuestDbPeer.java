package io.terrane.benchmarks.peer;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.ColumnType;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.cairo.sql.RecordMetadata;
import io.questdb.cairo.wal.ApplyWal2TableJob;
import io.questdb.cairo.wal.CheckWalTransactionsJob;
import io.questdb.cairo.wal.WalWriter;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.benchmarks.tsbs.Dialect;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * QuestDB in this process, on one thread, with a table that has a write-ahead log; rows go to its
 * log's writer and count when they are applied.
 */
public final class QuestDbPeer implements Peer {
  private static final int ROWS_PER_COMMIT = 10_000;

  private final CairoEngine engine;
  private final SqlExecutionContextImpl context;

  public QuestDbPeer(Path directory) {
    engine = new CairoEngine(new DefaultCairoConfiguration(directory.toAbsolutePath().toString()));
    context = new SqlExecutionContextImpl(engine, 1).with(AllowAllSecurityContext.INSTANCE);
  }

  @Override
  public String title() {
    return "QuestDB";
  }

  @Override
  public Dialect dialect() {
    return Dialect.QUESTDB;
  }

  @Override
  public void load(CpuData data) throws SqlException {
    engine.execute(
        "CREATE TABLE cpu ("
            + String.join(" SYMBOL, ", CpuData.TAGS)
            + " SYMBOL, ts TIMESTAMP, "
            + String.join(" DOUBLE, ", CpuData.METRICS)
            + " DOUBLE) TIMESTAMP(ts) PARTITION BY DAY WAL",
        context);
    try (WalWriter writer = engine.getWalWriter(engine.verifyTableName("cpu"))) {
      data.forEach((tags, time, metrics) -> append(writer, tags, time, metrics));
      writer.commit();
    }
    try (ApplyWal2TableJob apply = new ApplyWal2TableJob(engine, 0)) {
      apply.drain(0);
      new CheckWalTransactionsJob(engine).run(0);
      apply.drain(0);
    }
  }

  private static void append(WalWriter writer, String[] tags, long time, int[] metrics) {
    TableWriter.Row row = writer.newRow(time * 1_000);
    for (int i = 0; i < tags.length; i++) {
      row.putSym(i, tags[i]);
    }
    for (int i = 0; i < metrics.length; i++) {
      row.putDouble(tags.length + 1 + i, metrics[i]);
    }
    row.append();
    if (writer.getUncommittedRowCount() == ROWS_PER_COMMIT) {
      writer.commit();
    }
  }

  @Override
  public void settle() {
    // Applied is settled.
  }

  @Override
  public Answer query(String sql) throws SqlException {
    long rows = 0;
    long checksum = 0;
    try (RecordCursorFactory factory = engine.select(sql, context);
        RecordCursor cursor = factory.getCursor(context)) {
      RecordMetadata metadata = factory.getMetadata();
      Record row = cursor.getRecord();
      while (cursor.hasNext()) {
        rows++;
        checksum += hash(row, metadata);
      }
    }
    return new Answer(rows, checksum);
  }

  private static long hash(Record row, RecordMetadata metadata) {
    Answer.Row hash = new Answer.Row();
    for (int i = 0; i < metadata.getColumnCount(); i++) {
      switch (ColumnType.tagOf(metadata.getColumnType(i))) {
        case ColumnType.SYMBOL -> hash.text(row.getSymA(i));
        case ColumnType.TIMESTAMP -> {
          long micros = row.getTimestamp(i);
          hash.time(
              LocalDateTime.ofEpochSecond(
                  micros / 1_000_000, (int) (micros % 1_000_000) * 1_000, ZoneOffset.UTC));
        }
        default -> hash.number(row.getDouble(i));
      }
    }
    return hash.hash();
  }

  @Override
  public void close() {
    context.close();
    engine.close();
  }
}
