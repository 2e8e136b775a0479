package io.terrane.frontend.mysql.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import io.terrane.frontend.mysql.testing.StubRows;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColumnEncoderTest {
  private final RootAllocator allocator = new RootAllocator();

  @AfterEach
  void close() {
    allocator.close();
  }

  private void encode(DataType type, Object value, ZoneId zone, Consumer<ColumnEncoder> check) {
    ResultColumn column = ResultColumn.expression("c", type);
    try (StubRows rows = new StubRows(allocator, List.of(column), List.of(List.of(value)), 1)) {
      rows.advance(batch -> check.accept(ColumnEncoder.of(batch.getVector(0), column, zone)));
    }
  }

  private String text(DataType type, Object value, ZoneId zone) {
    PayloadWriter out = new PayloadWriter();
    encode(type, value, zone, encoder -> encoder.writeText(0, out));
    return new PayloadReader(bytes(out)).readLengthString();
  }

  private String binary(DataType type, Object value) {
    PayloadWriter out = new PayloadWriter();
    encode(type, value, ZoneOffset.UTC, encoder -> encoder.writeBinary(0, out));
    return ByteBufUtil.hexDump(bytes(out));
  }

  private static ByteBuf bytes(PayloadWriter written) {
    ByteBuf buffer = Unpooled.buffer();
    written.copyTo(buffer, 0, written.size());
    return buffer;
  }

  @Test
  void timestampsFollowTheZoneThroughItsChanges() {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
    ZoneId zone = ZoneId.of("America/New_York");
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      Instant instant =
          Instant.ofEpochSecond(
              random.nextLong(-30_000_000_000L, 100_000_000_000L),
              random.nextInt(1_000_000) * 1000L);
      long micros = instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
      assertThat(text(DataType.TIMESTAMP_MICROS, micros, zone))
          .isEqualTo(format.format(LocalDateTime.ofInstant(instant, zone)));
    }
  }

  @Test
  void binaryTimesAreAsShortAsTheyCanBe() {
    assertThat(binary(DataType.TIMESTAMP_SECOND, 1_709_212_455L)).isEqualTo("07e807021d0d0e0f");
    assertThat(binary(DataType.TIMESTAMP_MILLIS, 1_709_212_455_123L))
        .isEqualTo("0be807021d0d0e0f78e00100");
    assertThat(binary(DataType.TIMESTAMP_NANOS, 1_709_212_455_123_456_789L))
        .isEqualTo("0be807021d0d0e0f40e20100");
    assertThat(binary(DataType.DATE, 19_782L)).isEqualTo("04e807021d");
    assertThat(binary(DataType.TIME, 0L)).isEqualTo("00");
    assertThat(binary(DataType.TIME, -90_061_000_000L)).isEqualTo("080101000000010101");
    assertThat(binary(DataType.TIME, 1L)).isEqualTo("0c000000000000000001000000");
  }

  @Test
  void yearsBeyondTheCalendarOfClients() {
    assertThat(text(DataType.TIMESTAMP_SECOND, 253_402_300_800L, ZoneOffset.UTC))
        .isEqualTo("10000-01-01 00:00:00");
    assertThatThrownBy(() -> binary(DataType.TIMESTAMP_SECOND, 253_402_300_800L))
        .isInstanceOf(TerraneException.class)
        .hasMessageContaining("year 10000");
    assertThat(text(DataType.TIMESTAMP_SECOND, Long.MAX_VALUE, ZoneOffset.UTC)).isNotEmpty();
    assertThat(text(DataType.TIMESTAMP_SECOND, Long.MIN_VALUE, ZoneId.of("Europe/Berlin")))
        .isNotEmpty();
  }

  @Test
  void aColumnMustBeWhatItWasAnnouncedAs() {
    ResultColumn announced = ResultColumn.expression("c", DataType.INT64);
    ResultColumn carried = ResultColumn.expression("c", DataType.INT32);
    try (StubRows rows = new StubRows(allocator, List.of(carried), List.of(List.of(1L)), 1)) {
      assertThatThrownBy(
              () ->
                  rows.advance(
                      batch -> ColumnEncoder.of(batch.getVector(0), announced, ZoneOffset.UTC)))
          .hasMessage("column c was announced as INT64 and comes as INT32");
    }
  }
}
