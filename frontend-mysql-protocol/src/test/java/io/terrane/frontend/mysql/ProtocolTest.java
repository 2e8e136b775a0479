package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.sql.StatementResult;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.message.ColumnDefinition41;
import io.terrane.frontend.mysql.message.Command;
import io.terrane.frontend.mysql.message.EofPacket;
import io.terrane.frontend.mysql.message.ErrPacket;
import io.terrane.frontend.mysql.message.FieldType;
import io.terrane.frontend.mysql.message.HandshakeV10;
import io.terrane.frontend.mysql.message.OkPacket;
import io.terrane.frontend.mysql.message.StatusFlags;
import io.terrane.frontend.mysql.message.StmtPrepareOk;
import io.terrane.frontend.mysql.testing.ProtocolClient;
import io.terrane.frontend.mysql.testing.ProtocolClient.Received;
import io.terrane.frontend.mysql.testing.StubRows;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole conversations, byte for byte. */
class ProtocolTest {
  private static final List<ResultColumn> TWO =
      List.of(
          new ResultColumn("a", DataType.INT32, false, "public", "t", "a", true),
          ResultColumn.expression("b", DataType.STRING));
  private static final List<List<Object>> ROWS =
      List.of(List.of(1L, "eins"), Arrays.asList(-2L, null));

  private ProtocolClient client;

  @BeforeEach
  void open() {
    client = new ProtocolClient();
    client.service().onRows("SELECT a, b FROM t", TWO, ROWS);
    client.service().onRows("SELECT * FROM `t` LIMIT 0", TWO, List.of());
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void greets() {
    HandshakeV10 greeting = HandshakeV10.read(client.next().reader());
    assertThat(greeting.serverVersion()).isEqualTo("8.4.0-Terrane-test");
    assertThat(greeting.connectionId()).isEqualTo(1);
    assertThat(greeting.salt()).hasSize(20).doesNotContain(0).doesNotContain('$');
    assertThat(greeting.capabilities()).isEqualTo(Capabilities.SERVER);
    assertThat(greeting.authPlugin()).isEqualTo("caching_sha2_password");
  }

  @Test
  void answersAQueryWithEofs() {
    client.login(ProtocolClient.CAPABILITIES).query("SELECT a, b FROM t");
    List<Received> answer = client.all();
    assertThat(answer).extracting(Received::sequence).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(answer.get(0).payload()).containsExactly(2);
    ColumnDefinition41 first = ColumnDefinition41.read(answer.get(1).reader());
    assertThat(first)
        .extracting(
            ColumnDefinition41::schema, ColumnDefinition41::originalTable, ColumnDefinition41::type)
        .containsExactly("public", "t", FieldType.LONG);
    assertThat(first.flags())
        .isEqualTo(
            ColumnDefinition41.FLAG_NOT_NULL
                | ColumnDefinition41.FLAG_PRIMARY_KEY
                | ColumnDefinition41.FLAG_BINARY);
    ColumnDefinition41 second = ColumnDefinition41.read(answer.get(2).reader());
    assertThat(second.collation().number()).isEqualTo(255);
    assertThat(second.flags()).isZero();
    assertThat(EofPacket.read(answer.get(3).reader()).status().has(StatusFlags.AUTOCOMMIT))
        .isTrue();
    assertThat(answer.get(4).payload()).containsExactly(1, '1', 4, 'e', 'i', 'n', 's');
    assertThat(answer.get(5).payload()).containsExactly(2, '-', '2', 0xFB);
    assertThat(answer.get(6).payload()).hasSize(5).startsWith(0xFE);
  }

  @Test
  void answersAQueryWithoutEofs() {
    client
        .login(ProtocolClient.CAPABILITIES | Capabilities.DEPRECATE_EOF)
        .query("SELECT a, b FROM t");
    List<Received> answer = client.all();
    assertThat(answer).hasSize(6);
    assertThat(answer.get(5).header()).isEqualTo(0xFE);
    assertThat(OkPacket.read(answer.get(5).reader()).status().has(StatusFlags.AUTOCOMMIT)).isTrue();
  }

  @Test
  void preparesAndExecutes() {
    client.service().on("SELECT ?, ?", TWO, (session, values) -> rows(TWO, ROWS));
    client.login(ProtocolClient.CAPABILITIES);
    client.command(Command.STMT_PREPARE, out -> out.writeString("SELECT ?, ?"));
    List<Received> prepared = client.all();
    assertThat(prepared).hasSize(7);
    assertThat(prepared.get(0).payload()).hasSize(12);
    assertThat(StmtPrepareOk.read(prepared.get(0).reader()))
        .isEqualTo(new StmtPrepareOk(1, 2, 2, 0));
    assertThat(prepared.get(3).header()).isEqualTo(0xFE);
    assertThat(prepared.get(6).header()).isEqualTo(0xFE);

    execute(
        1,
        0b10,
        1,
        FieldType.LONGLONG.code(),
        0x80,
        FieldType.VAR_STRING.code(),
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8);
    List<Received> answer = client.all();
    assertThat(answer).hasSize(7);
    assertThat(answer.get(4).payload()).containsExactly(0, 0, 1, 0, 0, 0, 4, 'e', 'i', 'n', 's');
    assertThat(answer.get(5).payload()).containsExactly(0, 0b1000, 0xFE, 0xFF, 0xFF, 0xFF);
    assertThat(client.service().parameters().get(0).get(0).type()).isEqualTo(DataType.UINT64);
    assertThat(client.service().parameters().get(0).get(0).value()).isEqualTo(0x0807060504030201L);
    assertThat(client.service().parameters().get(0).get(1).isNull()).isTrue();

    // Types are not sent again.
    execute(1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 'h', 'i');
    assertThat(client.all()).hasSize(7);
    assertThat(client.service().parameters().get(1).get(1).value()).isEqualTo("hi");
  }

  @Test
  void takesLongData() {
    client.service().on("INSERT ?", (session, values) -> StatementResult.Affected.NOTHING);
    client.login(ProtocolClient.CAPABILITIES);
    client.command(Command.STMT_PREPARE, out -> out.writeString("INSERT ?"));
    client.all();
    for (String piece : List.of("long", " data")) {
      client.command(
          Command.STMT_SEND_LONG_DATA, out -> out.writeInt32(1).writeUint16(0).writeString(piece));
    }
    assertThat(client.all()).isEmpty();
    execute(1, 0, 1, FieldType.BLOB.code(), 0);
    assertThat(client.next().header()).isZero();
    assertThat(client.service().parameters().get(0).get(0).value()).isEqualTo("long data");

    byte[] half = new byte[600 << 10];
    for (int i = 0; i < 2; i++) {
      client.command(
          Command.STMT_SEND_LONG_DATA, out -> out.writeInt32(1).writeUint16(0).writeBytes(half));
    }
    execute(1, 0, 0);
    assertThat(ErrPacket.read(client.next().reader()).errno()).isEqualTo(1153);
    client.command(Command.STMT_RESET, out -> out.writeInt32(1));
    assertThat(client.next().header()).isZero();
    client.command(Command.STMT_CLOSE, out -> out.writeInt32(1));
    assertThat(client.all()).isEmpty();
    execute(1, 0, 0);
    assertThat(ErrPacket.read(client.next().reader()).errno()).isEqualTo(1243);
  }

  @Test
  void limitsPreparedStatements() {
    client.service().on("INSERT", (session, values) -> StatementResult.Affected.NOTHING);
    client.login(ProtocolClient.CAPABILITIES);
    for (int i = 0; i < 10; i++) {
      client.command(Command.STMT_PREPARE, out -> out.writeString("INSERT"));
    }
    client.all();
    client.command(Command.STMT_PREPARE, out -> out.writeString("INSERT"));
    assertThat(ErrPacket.read(client.next().reader()).errno()).isEqualTo(1461);
    client.command(Command.RESET_CONNECTION, out -> {});
    client.all();
    client.command(Command.STMT_PREPARE, out -> out.writeString("INSERT"));
    assertThat(client.next().header()).isZero();
  }

  @Test
  void answersPipelinedCommandsInOrder() {
    client.login(ProtocolClient.CAPABILITIES);
    ByteBuf both =
        Unpooled.wrappedBuffer(
            ProtocolClient.frame(
                0, out -> out.writeUint8(Command.QUERY.code()).writeString("SELEKT")),
            ProtocolClient.frame(0, out -> out.writeUint8(Command.PING.code())),
            ProtocolClient.frame(
                0, out -> out.writeUint8(Command.INIT_DB.code()).writeString("public")));
    client.sendBytes(both);
    List<Received> answers = client.all();
    assertThat(answers).extracting(Received::header).containsExactly(0xFF, 0, 0);
    assertThat(answers).extracting(Received::sequence).containsExactly(1, 1, 1);
  }

  @Test
  void aStatementThatCannotBeReadComesBehindTheOneThatRan() {
    client.login(ProtocolClient.CAPABILITIES);
    client.query("USE public; ");
    List<Received> answers = client.all();
    assertThat(answers).extracting(Received::header).containsExactly(0, 0xFF);
    assertThat(answers).extracting(Received::sequence).containsExactly(1, 2);
    assertThat(OkPacket.read(answers.get(0).reader()).status().has(StatusFlags.MORE_RESULTS))
        .isTrue();
  }

  @Test
  void tellsOfAChangedDatabase() {
    client.login(ProtocolClient.CAPABILITIES | Capabilities.SESSION_TRACK);
    client.query("USE public");
    OkPacket ok = OkPacket.read(client.next().reader());
    assertThat(ok.database()).contains("public");
    assertThat(ok.status().has(StatusFlags.SESSION_STATE_CHANGED)).isTrue();
    client.command(Command.PING, out -> {});
    assertThat(OkPacket.read(client.next().reader()).database()).isEmpty();
  }

  @Test
  void answersUnknownCommandsAndLives() {
    client.login(ProtocolClient.CAPABILITIES);
    for (int code : new int[] {0x00, 0x05, 0x0A, 0x12, 0x19 + 0x10, 0xFF}) {
      client.send(0, out -> out.writeUint8(code));
      ErrPacket error = ErrPacket.read(client.next().reader());
      assertThat(error.errno()).isEqualTo(1047);
      assertThat(error.sqlState()).isEqualTo("08S01");
    }
    client.send(0, out -> {});
    assertThat(ErrPacket.read(client.next().reader()).errno()).isEqualTo(1835);
    client.command(Command.PING, out -> {});
    assertThat(client.next().header()).isZero();
  }

  @Test
  void answersTheSmallCommands() {
    client.login(ProtocolClient.CAPABILITIES);
    client.command(Command.STATISTICS, out -> {});
    assertThat(new String(client.next().payload(), StandardCharsets.UTF_8))
        .startsWith("Uptime: 0  Threads: 1  Questions: ");
    client.command(Command.SET_OPTION, out -> out.writeUint16(1));
    assertThat(client.next().header()).isEqualTo(0xFE);
    client.command(Command.FIELD_LIST, out -> out.writeNulString("t"));
    List<Received> fields = client.all();
    assertThat(fields).hasSize(3);
    assertThat(fields.get(0).payload()).endsWith(0xFB);
    client.command(Command.STMT_FETCH, out -> out.writeInt32(9).writeInt32(1));
    assertThat(ErrPacket.read(client.next().reader()).errno()).isEqualTo(1243);
    client.command(Command.INIT_DB, out -> out.writeString("nowhere"));
    assertThat(ErrPacket.read(client.next().reader()).errno()).isEqualTo(1049);
    client.command(Command.QUIT, out -> {});
    assertThat(client.channel().isActive()).isFalse();
    assertThat(client.service().sessions()).isEmpty();
  }

  @Test
  void refusesPacketsOverTheLimitAndLives() {
    client.login(ProtocolClient.CAPABILITIES);
    client.command(Command.QUERY, out -> out.writeZeros((1 << 20) + 1));
    assertThat(ErrPacket.read(client.next().reader()).errno()).isEqualTo(1153);
    client.command(Command.PING, out -> {});
    assertThat(client.next().header()).isZero();
  }

  @Test
  void stopsReadingRowsWhileTheChannelIsFull() {
    List<List<Object>> rows = Collections.nCopies(100, List.of(1L, "x".repeat(1000)));
    StubRows stream = new StubRows(client.service().allocator(), TWO, rows, 1000);
    client.service().on("SELECT much", TWO, (session, values) -> stream.result());
    client.login(ProtocolClient.CAPABILITIES);
    client.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    client.query("SELECT much");
    assertThat(stream.lent()).isZero();
    client.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    client.settle();
    assertThat(stream.lent()).isEqualTo(1000);
    assertThat(stream.isClosed()).isTrue();
  }

  private StatementResult rows(List<ResultColumn> columns, List<List<Object>> rows) {
    return StubRows.of(client.service().allocator(), columns, rows);
  }

  private void execute(int statement, int... rest) {
    client.command(
        Command.STMT_EXECUTE,
        out -> {
          out.writeInt32(statement).writeUint8(0).writeInt32(1);
          for (int value : rest) {
            out.writeUint8(value);
          }
        });
  }
}
