package io.terrane.frontend.mysql.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.frontend.mysql.message.FieldType;
import io.terrane.frontend.mysql.message.ParameterType;
import io.terrane.frontend.mysql.message.ParameterType.Sign;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ParameterReaderTest {
  private final ParameterReader reader = new ParameterReader(ZoneId.of("Europe/Berlin"));

  private Datum read(FieldType type, Sign sign, Consumer<PayloadWriter> value) {
    ByteBuf buffer = Unpooled.buffer();
    PayloadWriter writer = new PayloadWriter();
    value.accept(writer);
    writer.copyTo(buffer, 0, writer.size());
    PayloadReader in = new PayloadReader(buffer);
    Datum datum = reader.read(new ParameterType(type, sign), in);
    assertThat(in.isExhausted()).isTrue();
    return datum;
  }

  private Datum read(FieldType type, Consumer<PayloadWriter> value) {
    return read(type, Sign.SIGNED, value);
  }

  @Test
  void integersHaveTheirSign() {
    assertThat(read(FieldType.TINY, out -> out.writeUint8(0xFF)))
        .isEqualTo(new Datum(DataType.INT8, -1L));
    assertThat(read(FieldType.TINY, Sign.UNSIGNED, out -> out.writeUint8(0xFF)))
        .isEqualTo(new Datum(DataType.UINT8, 255L));
    assertThat(read(FieldType.SHORT, out -> out.writeUint16(0xFFFE)))
        .isEqualTo(new Datum(DataType.INT16, -2L));
    assertThat(read(FieldType.LONG, Sign.UNSIGNED, out -> out.writeInt32(-1)))
        .isEqualTo(new Datum(DataType.UINT32, 4_294_967_295L));
    assertThat(read(FieldType.LONGLONG, Sign.UNSIGNED, out -> out.writeInt64(-1)))
        .isEqualTo(new Datum(DataType.UINT64, -1L));
  }

  @Test
  void textIsTextAndBytesAreBytes() {
    assertThat(read(FieldType.BLOB, out -> out.writeLengthString("ü"))).isEqualTo(Datum.of("ü"));
    assertThat(read(FieldType.VAR_STRING, out -> out.writeLengthBytes(new byte[] {-1, 0})).type())
        .isEqualTo(DataType.BINARY);
  }

  @Test
  void decimalsKeepTheirScale() {
    assertThat(read(FieldType.NEWDECIMAL, out -> out.writeLengthString("12.3400")))
        .isEqualTo(new Datum(DataType.decimal(6, 4), new BigDecimal("12.3400")));
    assertThat(read(FieldType.NEWDECIMAL, out -> out.writeLengthString("0.001")).type())
        .isEqualTo(DataType.decimal(3, 3));
    assertThat(read(FieldType.NEWDECIMAL, out -> out.writeLengthString("1e3")).value())
        .isEqualTo(new BigDecimal("1000"));
    for (String bad : new String[] {"x", "1e999999999", "1".repeat(66), "1e-999999999"}) {
      assertThatThrownBy(() -> read(FieldType.NEWDECIMAL, out -> out.writeLengthString(bad)))
          .isInstanceOf(TerraneException.class);
    }
  }

  @Test
  void timesAreMeantInTheSessionsZone() {
    assertThat(
            read(
                FieldType.DATETIME,
                out ->
                    out.writeUint8(11)
                        .writeUint16(2024)
                        .writeUint8(7)
                        .writeUint8(1)
                        .writeUint8(12)
                        .writeUint8(0)
                        .writeUint8(0)
                        .writeInt32(5)))
        .isEqualTo(new Datum(DataType.TIMESTAMP_MICROS, 1_719_828_000_000_005L));
    assertThat(
            read(
                FieldType.DATE,
                out -> out.writeUint8(4).writeUint16(2024).writeUint8(2).writeUint8(29)))
        .isEqualTo(new Datum(DataType.DATE, 19_782L));
    assertThat(
            read(
                FieldType.TIME,
                out ->
                    out.writeUint8(8)
                        .writeUint8(1)
                        .writeInt32(1)
                        .writeUint8(1)
                        .writeUint8(1)
                        .writeUint8(1)))
        .isEqualTo(new Datum(DataType.TIME, -90_061_000_000L));
    assertThatThrownBy(() -> read(FieldType.DATETIME, out -> out.writeUint8(0)))
        .isInstanceOfSatisfying(
            TerraneException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INCORRECT_TIME_VALUE));
  }
}
