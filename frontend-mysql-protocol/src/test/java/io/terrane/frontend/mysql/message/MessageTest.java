package io.terrane.frontend.mysql.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message is read as it was written, to its last byte. */
class MessageTest {
  private static PayloadReader written(Consumer<PayloadWriter> message) {
    ByteBuf buffer = Unpooled.buffer();
    PayloadWriter writer = new PayloadWriter();
    message.accept(writer);
    writer.copyTo(buffer, 0, writer.size());
    return new PayloadReader(buffer);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        Capabilities.PROTOCOL_41,
        Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION | Capabilities.CONNECT_WITH_DB,
        Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.PLUGIN_AUTH_LENENC
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.CONNECT_ATTRS
      })
  void handshakeResponses(long bits) {
    Capabilities capabilities = new Capabilities(bits);
    HandshakeResponse41 message =
        new HandshakeResponse41(
            capabilities,
            "jürgen",
            new byte[] {1, 2, 3},
            Optional.of("db").filter(d -> capabilities.has(Capabilities.CONNECT_WITH_DB)),
            Optional.of("p").filter(p -> capabilities.has(Capabilities.PLUGIN_AUTH)),
            capabilities.has(Capabilities.CONNECT_ATTRS)
                ? Map.of("_os", "x".repeat(300))
                : Map.of());
    PayloadReader in = written(message::write);
    HandshakeResponse41 read = HandshakeResponse41.read(in);
    assertThat(read).usingRecursiveComparison().isEqualTo(message);
    assertThat(in.isExhausted()).isTrue();
  }

  @Test
  void changesOfUser() {
    Capabilities capabilities =
        new Capabilities(Capabilities.PLUGIN_AUTH | Capabilities.CONNECT_ATTRS);
    ComChangeUser message =
        new ComChangeUser("u", new byte[20], Optional.of("db"), Optional.of("p"), Map.of("a", "b"));
    PayloadReader in = written(out -> message.write(out, capabilities));
    assertThat(in.readUint8()).isEqualTo(Command.CHANGE_USER.code());
    assertThat(ComChangeUser.read(in, capabilities)).usingRecursiveComparison().isEqualTo(message);
    assertThat(in.isExhausted()).isTrue();
  }

  @Test
  void authenticationMessages() {
    AuthSwitchRequest change = new AuthSwitchRequest("p", new byte[] {1, 2});
    assertThat(AuthSwitchRequest.read(written(change::write)))
        .usingRecursiveComparison()
        .isEqualTo(change);
    AuthMoreData more = new AuthMoreData(new byte[] {4});
    assertThat(AuthMoreData.read(written(more::write))).usingRecursiveComparison().isEqualTo(more);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 250, 300})
  void oksWithAndWithoutANewDatabase(int nameLength) {
    OkPacket plain = new OkPacket(300, 1L << 40, StatusFlags.INITIAL, 2, "info", Optional.empty());
    assertThat(OkPacket.read(written(plain::write))).isEqualTo(plain);
    OkPacket tracked =
        new OkPacket(0, 0, StatusFlags.INITIAL, 70_000, "", Optional.of("d".repeat(nameLength)));
    PayloadReader in = written(tracked::write);
    assertThat(OkPacket.read(in)).isEqualTo(tracked);
    assertThat(tracked.warnings()).isEqualTo(65_535);
    assertThat(in.isExhausted()).isTrue();
  }

  @Test
  void errorsAndEnds() {
    ErrPacket error = new ErrPacket(1064, "42000", "bad near 'ü'");
    assertThat(ErrPacket.read(written(error::write))).isEqualTo(error);
    EofPacket end = new EofPacket(1, StatusFlags.INITIAL.with(StatusFlags.MORE_RESULTS));
    assertThat(EofPacket.read(written(end::write))).isEqualTo(end);
  }

  @Test
  void columnDefinitions() {
    ColumnDefinition41 column =
        ColumnDefinition41.of(
            new ResultColumn("n", DataType.decimal(20, 6), false, "db", "t", "c", true));
    assertThat(ColumnDefinition41.read(written(column::write))).isEqualTo(column);
    assertThat(column.length()).isEqualTo(22);
    assertThat(column.decimals()).isEqualTo(6);
    assertThat(column.type()).isEqualTo(FieldType.NEWDECIMAL);
  }
}
