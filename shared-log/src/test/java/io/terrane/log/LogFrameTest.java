package io.terrane.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes are frozen: logs outlive programs. */
class LogFrameTest {
  private static final String GOLDEN =
      "00000024" // 36 bytes of body
          + "6aec9c9d" // their CRC-32C
          + "0000000000000102" // position 258
          + "0000000000000101" // everything before 257 was durable
          + "0001" // one header
          + "0005"
          + "65706f6368" // "epoch"
          + "00000002"
          + "0007" // its value
          + "76616c7565"; // "value"

  private final LogRecord record =
      new LogRecord(Map.of("epoch", new byte[] {0, 7}), "value".getBytes(StandardCharsets.UTF_8));

  @Test
  void writesTheFrozenBytes() {
    ByteBuffer frame = ByteBuffer.allocate(LogFrame.size(record));
    LogFrame.write(frame, 258, 257, record);
    assertThat(frame.remaining()).isZero();
    assertThat(HexFormat.of().formatHex(frame.array())).isEqualTo(GOLDEN);
  }

  @Test
  void readsTheFrozenBytes() {
    ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(GOLDEN));
    assertThat(LogFrame.end(bytes, 0, 258)).isEqualTo(bytes.limit());
    assertThat(LogFrame.end(bytes, 0, 259)).isEqualTo(-1);
    assertThat(LogFrame.durable(bytes, 0)).isEqualTo(257);
    LogEntry entry = LogFrame.read(bytes, 0);
    assertThat(entry.position()).isEqualTo(258);
    assertThat(entry.record().value()).isEqualTo(record.value());
    assertThat(entry.record().headers()).containsOnlyKeys("epoch");
    assertThat(entry.record().headers().get("epoch")).containsExactly(0, 7);
  }

  @Test
  void anyByteThatChangesIsNoticed() {
    byte[] bytes = HexFormat.of().parseHex(GOLDEN);
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 1;
      assertThat(LogFrame.isIntact(ByteBuffer.wrap(damaged), 0)).as("byte %d", i).isFalse();
    }
  }
}
