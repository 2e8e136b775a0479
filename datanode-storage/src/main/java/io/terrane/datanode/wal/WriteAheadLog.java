package io.terrane.datanode.wal;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * One region's view of its shared-log topic: stamps what is appended with the region and epoch.
 * Appends are made by the region's worker alone. Futures complete on the log's threads.
 */
public final class WriteAheadLog {
  /** Room in a record for headers and framing. */
  private static final int RECORD_OVERHEAD_BYTES = 1024;

  private final SharedLog log;
  private final ReplayPasses passes;
  private final LogTopic topic;
  private final RegionId region;
  private final WalCodec codec;
  private final int recordBytesMax;
  private final ReplayTraffic traffic = new ReplayTraffic();

  /**
   * @param schema the region's present one
   */
  public WriteAheadLog(
      SharedLog log,
      ReplayPasses passes,
      LogTopic topic,
      RegionId region,
      Supplier<RegionSchema> schema,
      int recordBytesMax) {
    this.log = log;
    this.passes = passes;
    this.topic = topic;
    this.region = region;
    this.codec = new WalCodec(schema);
    this.recordBytesMax = recordBytesMax;
  }

  public WalCodec codec() {
    return codec;
  }

  /** The region's records from {@code from} on. */
  public LogReader read(long from) {
    return passes.read(topic, region, from, traffic);
  }

  /** What was read for the region since it was opened. */
  public ReplayTraffic traffic() {
    return traffic;
  }

  /** How long the region pauses after so many bytes if nobody waits for it. */
  public Duration pauseAfter(long bytes) {
    return passes.pauseAfter(bytes);
  }

  /** The region is not going to begin reading. */
  public void readsNoMore() {
    passes.expectNoMore(topic, region);
  }

  public CompletableFuture<Long> end() {
    return log.end(topic);
  }

  public CompletableFuture<Long> start() {
    return log.start(topic);
  }

  /**
   * Appends the first record of an epoch, or one that gives up what the epoch may have appended
   * above {@code floor} and not seen answered.
   */
  public CompletableFuture<LogEntry> appendFence(RegionEpoch epoch, long floor) {
    WalHeader header =
        new WalHeader(WalHeader.Kind.FENCE, region, epoch, floor, 0, 0, 1, List.of());
    LogRecord fence = codec.encodeFence(header);
    return log.append(topic, fence).thenApply(position -> new LogEntry(position, fence));
  }

  /**
   * Appends a group of rows, in several records if one would be larger than the log takes.
   * Completes with the last record's position when all are durable. If one of several fails, the
   * outcome is unknown until a fence is behind them.
   *
   * @param rows in row layout with their sequences, the first being {@code sequence + 1}
   */
  public CompletableFuture<Long> append(
      RegionEpoch epoch, long sequence, VectorSchemaRoot rows, List<RecordedWrite> writes) {
    List<LogRecord> records = split(epoch, sequence, rows, writes);
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    records.forEach(record -> answers.add(log.append(topic, record)));
    if (answers.size() == 1) {
      return answers.get(0);
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .handle(
            (all, problem) -> {
              if (problem != null) {
                throw new TerraneException(
                    ErrorCode.WRITE_OUTCOME_UNKNOWN,
                    "some of " + answers.size() + " records may be missing",
                    problem);
              }
              return answers.get(answers.size() - 1).join();
            });
  }

  /** The records of a group, as few as fit. */
  List<LogRecord> split(
      RegionEpoch epoch, long sequence, VectorSchemaRoot rows, List<RecordedWrite> writes) {
    int parts = 1;
    while (true) {
      List<LogRecord> records = encode(epoch, sequence, rows, writes, parts);
      int largest = records.stream().mapToInt(LogRecord::size).max().orElse(0);
      if (largest + RECORD_OVERHEAD_BYTES <= recordBytesMax || parts >= rows.getRowCount()) {
        return records;
      }
      parts = Math.min(rows.getRowCount(), parts * (largest / recordBytesMax + 2));
    }
  }

  private List<LogRecord> encode(
      RegionEpoch epoch,
      long sequence,
      VectorSchemaRoot rows,
      List<RecordedWrite> writes,
      int parts) {
    List<LogRecord> records = new ArrayList<>();
    int total = rows.getRowCount();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) total * part / parts);
      int until = (int) ((long) total * (part + 1) / parts);
      WalHeader header =
          new WalHeader(
              WalHeader.Kind.ROWS,
              region,
              epoch,
              sequence + from,
              until - from,
              part,
              parts,
              part == 0 ? writes : List.of());
      if (parts == 1) {
        records.add(codec.encode(header, rows));
      } else {
        try (VectorSchemaRoot slice = rows.slice(from, until - from)) {
          records.add(codec.encode(header, slice));
        }
      }
    }
    return records;
  }
}
