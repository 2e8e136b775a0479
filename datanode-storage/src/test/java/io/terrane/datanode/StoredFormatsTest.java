package io.terrane.datanode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.log.LogEntry;
import io.terrane.log.LogReader;
import io.terrane.log.LogRecord;
import io.terrane.log.testing.InMemorySharedLog;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.Test;

/** What lies in the bucket and the log: pinned bytes, ordinary readers, flipped bits. */
class StoredFormatsTest {
  private final RegionSpec spec = TestTables.spec(TestTables.keyed());
  private final ObjectStore store = new InMemoryObjectStore(Runnable::run);

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  /** A region with a file, an older file's row deleted, and one row in the log alone. */
  private void writeRegion(DatanodeFixture fixture) {
    Datanode node = fixture.datanode(1);
    fixture.create(node, spec);
    fixture.upsert(node, spec, 1, List.of(row(1L, 10L), row(2L, null)));
    fixture.instruct(node, new RegionInstruction.FlushRegion(spec.region()));
    fixture.upsert(node, spec, 1, List.of(row(3L, 30L)));
    fixture.stop(node);
  }

  private byte[] content(ObjectKey key) {
    return store.get(key).join();
  }

  private List<ObjectKey> keys() {
    return store.list(ObjectKey.of("regions")).join().stream().map(ObjectInfo::key).toList();
  }

  /** The golden file: a line for each object and record, JSON as it is, other bytes in hex. */
  private String stored(DatanodeFixture fixture) {
    StringBuilder lines = new StringBuilder();
    for (ObjectKey key : keys()) {
      byte[] bytes = content(key);
      boolean json = key.name().endsWith(".json");
      lines.append(json ? "json " : "object ").append(key).append(' ');
      lines.append(json ? new String(bytes, UTF_8).replace("\n", "\\n") : hex(bytes)).append('\n');
    }
    for (LogEntry entry : entries(fixture)) {
      LogRecord record = entry.record();
      lines.append("record");
      record.headers().forEach((n, v) -> lines.append(' ').append(n).append('=').append(hex(v)));
      lines.append(" value=").append(hex(record.value())).append('\n');
    }
    return lines.toString();
  }

  private static String golden(int version) throws IOException {
    String name = "/golden/region-" + version + ".txt";
    try (InputStream in = StoredFormatsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void theBytesWrittenAreTheGoldenOnes() throws IOException {
    try (DatanodeFixture fixture = new DatanodeFixture(store)) {
      writeRegion(fixture);
      java.nio.file.Files.writeString(
          java.nio.file.Path.of("/tmp/store/golden.txt"), stored(fixture));
      assertThat(stored(fixture)).isEqualTo(golden(2));
    }
  }

  @Test
  void theGoldenBytesAreRead() throws IOException {
    try (DatanodeFixture fixture = new DatanodeFixture(store)) {
      restore(golden(2), fixture);
      Datanode node = fixture.datanode(2);
      fixture.open(node, spec, 2);
      assertThat(fixture.scan(node, spec, 2))
          .containsExactly(row(1L, 10L), row(2L, null), row(3L, 30L));
    }
  }

  @Test
  void filesOfTheFirstFormatAreRefusedByName() throws IOException {
    try (DatanodeFixture fixture = new DatanodeFixture(store)) {
      restore(golden(1), fixture);
      Datanode node = fixture.datanode(2);
      fixture.open(node, spec, 2);
      assertThatThrownBy(() -> fixture.scan(node, spec, 2))
          .satisfies(
              e -> assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.UNSUPPORTED))
          .hasMessageContaining("e1-m1-0.arrow has format version 1, this server reads 2");
    }
  }

  private void restore(String stored, DatanodeFixture fixture) {
    for (String line : stored.lines().toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "json" -> put(words[1], words[2].replace("\\n", "\n").getBytes(UTF_8));
        case "object" -> put(words[1], HexFormat.of().parseHex(words[2]));
        default -> fixture.log.append(DatanodeFixture.TOPIC, record(words));
      }
    }
  }

  private void put(String key, byte[] bytes) {
    assertThat(store.create(new ObjectKey(key), bytes).join()).isTrue();
  }

  private static LogRecord record(String[] words) {
    TreeMap<String, byte[]> parts = new TreeMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      parts.put(
          words[i].substring(0, equals), HexFormat.of().parseHex(words[i].substring(equals + 1)));
    }
    byte[] value = parts.remove("value");
    return new LogRecord(parts, value);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static List<LogEntry> entries(DatanodeFixture fixture) {
    try (LogReader reader = fixture.log.read(DatanodeFixture.TOPIC, 0)) {
      return fixture.get(reader.poll(Duration.ZERO));
    }
  }

  @Test
  void anArrowReaderThatKnowsNothingOfUsReadsAFile() throws IOException {
    try (DatanodeFixture fixture = new DatanodeFixture(store)) {
      writeRegion(fixture);
    }
    ObjectKey file = keys().stream().filter(k -> k.name().endsWith(".arrow")).findAny().get();
    try (RootAllocator allocator = new RootAllocator();
        ArrowFileReader reader =
            new ArrowFileReader(
                new ByteArrayReadableSeekableByteChannel(content(file)),
                allocator,
                CommonsCompressionFactory.INSTANCE)) {
      assertThat(
              reader.getVectorSchemaRoot().getSchema().getFields().stream().map(f -> f.getName()))
          .containsExactly("id", "__sequence", "__op", "value");
      assertThat(reader.loadNextBatch()).isTrue();
      assertThat(Rows.read(reader.getVectorSchemaRoot()))
          .containsExactly(row(1L, 1L, 0L, 10L), row(2L, 1L, 0L, null));
      assertThat(reader.loadNextBatch()).isFalse();
      assertThat(reader.getMetaData()).containsKey("terrane.sst");
    }
  }

  @Test
  void aFlippedBitInAnyStoredObjectIsFoundAndNamed() {
    List<LogEntry> log;
    try (DatanodeFixture fixture = new DatanodeFixture(store)) {
      writeRegion(fixture);
      log = entries(fixture);
    }
    List<List<Object>> rows = List.of(row(1L, 10L), row(2L, null), row(3L, 30L));
    Random random = new Random(20261125);
    for (ObjectKey key : keys()) {
      for (int i = 0; i < 40; i++) {
        byte[] bytes = content(key);
        int bit = random.nextInt(bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));
        readDamaged(key, bytes, log, rows, bit);
      }
    }
  }

  /** Either the read fails and names the object, or the bit lies where nobody looks. */
  private void readDamaged(
      ObjectKey key, byte[] bytes, List<LogEntry> log, List<List<Object>> rows, int bit) {
    ObjectStore damaged = new InMemoryObjectStore(Runnable::run);
    for (ObjectKey each : keys()) {
      damaged.create(each, each.equals(key) ? bytes : content(each)).join();
    }
    try (DatanodeFixture fixture = new DatanodeFixture(damaged)) {
      log.forEach(entry -> fixture.log.append(DatanodeFixture.TOPIC, entry.record()));
      try {
        Datanode node = fixture.datanode(1);
        fixture.open(node, spec, 2);
        assertThat(fixture.scan(node, spec, 2)).isEqualTo(rows);
      } catch (RuntimeException e) {
        TerraneException problem = TerraneException.of(e);
        assertThat(problem.code()).as("bit %s of %s", bit, key).isEqualTo(ErrorCode.CORRUPTED);
        assertThat(problem).hasMessageContaining(key.path());
      }
    }
  }

  @Test
  void aFlippedBitInTheLogStopsTheReplay() {
    Random random = new Random(20261126);
    for (int i = 0; i < 200; i++) {
      ObjectStore fresh = new InMemoryObjectStore(Runnable::run);
      try (DatanodeFixture fixture = new DatanodeFixture(fresh)) {
        Datanode node = fixture.datanode(1);
        fixture.create(node, spec);
        fixture.upsert(node, spec, 1, List.of(row(1L, 10L), row(2L, null)));
        fixture.upsert(node, spec, 1, List.of(row(3L, 30L)));
        fixture.stop(node);
        List<LogEntry> entries = entries(fixture);
        InMemorySharedLog damaged = new InMemorySharedLog(fixture.scheduler);
        damaged.createTopics(List.of(DatanodeFixture.TOPIC));
        int victim = 1 + random.nextInt(entries.size() - 1);
        for (int e = 0; e < entries.size(); e++) {
          LogRecord record = entries.get(e).record();
          damaged.append(DatanodeFixture.TOPIC, e == victim ? flip(record, random) : record);
        }
        Datanode reader = fixture.datanode(DatanodeFixture.config(2), damaged);
        try {
          fixture.open(reader, spec, 2);
          assertThat(List.of()).as("victim %s", victim).isEqualTo(fixture.scan(reader, spec, 2));
        } catch (RuntimeException e) {
          assertThat(TerraneException.of(e).code()).isEqualTo(ErrorCode.CORRUPTED);
        }
      }
    }
  }

  private static LogRecord flip(LogRecord record, Random random) {
    TreeMap<String, byte[]> headers = new TreeMap<>(record.headers());
    byte[] value = record.value().clone();
    byte[] target = random.nextBoolean() ? value : headers.get("terrane").clone();
    int bit = random.nextInt(target.length * 8);
    target[bit / 8] ^= (byte) (1 << (bit % 8));
    if (target.length != value.length) {
      headers.put("terrane", target);
    }
    return new LogRecord(headers, value);
  }
}
