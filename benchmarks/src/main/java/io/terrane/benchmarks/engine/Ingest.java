package io.terrane.benchmarks.engine;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.region.RegionSpec;
import io.terrane.benchmarks.peer.KafkaProcess;
import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.log.LogConfig;
import io.terrane.log.LogRecord;
import io.terrane.log.SharedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rows into one region over a local log and over Kafka, beside the same records sent bare. */
@Command(
    name = "ingest",
    description = "Rows into a region without SQL, beside a bare Kafka producer of the same bytes.")
final class Ingest implements Callable<Integer> {
  private static final int BATCH_ROWS = 1_000;
  private static final int BATCHES = 100;
  private static final int IN_FLIGHT = 8;

  @Option(names = "--rows", defaultValue = "1000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(
      names = "--dir",
      defaultValue = "target/engine-ingest",
      description = "must not exist (default: ${DEFAULT-VALUE})")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(directory);
    System.out.println("| | rows/s | MB/s of Arrow | MB/s of log | CPU, µs/row |");
    System.out.println("| --- | ---: | ---: | ---: | ---: |");
    List<LogRecord> records = Collections.synchronizedList(new ArrayList<>());
    try (Bench bench = new Bench(directory.resolve("local"));
        SharedLog log = bench.open(bench.localLog())) {
      run("local log", bench, bench.localLog(), new RecordingLog(log, records::add));
    }
    try (KafkaProcess kafka = KafkaProcess.start(directory.resolve("kafka"))) {
      LogConfig config = LogConfig.kafka(kafka.bootstrapServers(), 1);
      try (Bench bench = new Bench(directory.resolve("over-kafka"));
          SharedLog log = bench.open(config)) {
        run("Kafka", bench, config, log);
        bare(bench, config, records);
      }
    }
    return 0;
  }

  private void run(String title, Bench bench, LogConfig config, SharedLog log) {
    RegionSpec spec = new CpuTable(CpuData.TAGS.size()).region(0);
    List<VectorSchemaRoot> batches = new ArrayList<>();
    CpuData data = new CpuData(1, BATCH_ROWS, CpuData.INTERVAL.multipliedBy(BATCHES));
    new CpuTable(CpuData.TAGS.size()).batches(data, BATCH_ROWS, bench.allocator, batches::add);
    long plain = batches.stream().mapToLong(Ingest::bytes).sum() / BATCHES;
    long[] logged = {0};
    try (RegionEngine engine =
        bench.engine(
            RegionEngine.config(),
            1,
            config,
            new RecordingLog(log, record -> logged[0] += record.size()))) {
      engine.create(spec).join();
      write(engine, spec, batches, data.span(), rows / 10); // warms up
      logged[0] = 0;
      double cpu = Bench.cpuSeconds();
      long begun = bench.nanos();
      write(engine, spec, batches, data.span(), rows);
      double seconds = bench.secondsSince(begun);
      print(
          title,
          rows / seconds,
          rows / BATCH_ROWS * plain / seconds / 1e6,
          logged[0] / seconds / 1e6,
          (Bench.cpuSeconds() - cpu) * 1e6 / rows);
    }
    batches.forEach(VectorSchemaRoot::close);
  }

  /** Goes round the batches, each time later by all their time. */
  private static void write(
      RegionEngine engine,
      RegionSpec spec,
      List<VectorSchemaRoot> batches,
      Duration span,
      long rows) {
    List<CompletableFuture<AffectedRows>> answers = new ArrayList<>();
    long count = rows / BATCH_ROWS;
    for (int i = 0; i < count; i++) {
      if (i >= IN_FLIGHT) {
        answers.get(i - IN_FLIGHT).join();
      }
      VectorSchemaRoot batch = batches.get(i % batches.size());
      if (i >= batches.size()) {
        answers.get(i - batches.size()).join();
        shift(batch, span.toMillis());
      }
      answers.add(engine.write(spec, batch));
    }
    answers.forEach(CompletableFuture::join);
  }

  private static void shift(VectorSchemaRoot batch, long millis) {
    TimeStampMilliVector times = (TimeStampMilliVector) batch.getVector("ts");
    for (int row = 0; row < batch.getRowCount(); row++) {
      times.set(row, times.get(row) + millis);
    }
  }

  private static long bytes(VectorSchemaRoot batch) {
    long bytes = 0;
    for (FieldVector vector : batch.getFieldVectors()) {
      bytes += Arrays.stream(vector.getBuffers(false)).mapToLong(b -> b.readableBytes()).sum();
    }
    return bytes;
  }

  /** The records of the local log, sent with the same guarantees by Kafka's client itself. */
  private void bare(Bench bench, LogConfig config, List<LogRecord> records) throws Exception {
    String topic = config.walTopic(0).name();
    double cpu = Bench.cpuSeconds();
    long begun = bench.nanos();
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            java.util.Map.of(
                "bootstrap.servers",
                config.bootstrapServers(),
                "acks",
                "all",
                "enable.idempotence",
                true,
                "batch.size",
                256 << 10),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> answers = new ArrayList<>();
      for (LogRecord record : records) {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(topic, record.value());
        record.headers().forEach((name, value) -> sent.headers().add(name, value));
        answers.add(producer.send(sent));
        bytes += record.size();
      }
      for (Future<RecordMetadata> answer : answers) {
        answer.get();
      }
    }
    double seconds = bench.secondsSince(begun);
    double sentRows = rows * 1.1; // with those of the warm-up
    print(
        "bare producer of the local log's records",
        sentRows / seconds,
        Double.NaN,
        bytes / seconds / 1e6,
        (Bench.cpuSeconds() - cpu) * 1e6 / sentRows);
  }

  private static void print(
      String title, double rowsPerSecond, double plain, double logged, double micros) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %.1f | %.1f | %.2f |%n",
        title,
        rowsPerSecond,
        plain,
        logged,
        micros);
  }
}
