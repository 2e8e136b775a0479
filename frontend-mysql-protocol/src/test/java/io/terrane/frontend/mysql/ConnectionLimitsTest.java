package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.message.Command;
import io.terrane.frontend.mysql.message.ErrPacket;
import io.terrane.frontend.mysql.testing.ProtocolClient;
import io.terrane.frontend.mysql.testing.StubRows;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a client may not do, and what it does to the server: nothing. */
class ConnectionLimitsTest {
  @Test
  void closesASlowLogin() {
    try (ProtocolClient client = new ProtocolClient()) {
      client.next();
      client.scheduler().runFor(Duration.ofSeconds(9));
      client.settle();
      assertThat(client.channel().isActive()).isTrue();
      client.scheduler().runFor(Duration.ofSeconds(2));
      client.settle();
      assertThat(client.channel().isActive()).isFalse();
    }
  }

  @Test
  void closesAnIdleClientAndNotABusyOne() {
    try (ProtocolClient client = new ProtocolClient()) {
      client.login(ProtocolClient.CAPABILITIES);
      for (int i = 0; i < 5; i++) {
        client.scheduler().runFor(Duration.ofSeconds(50));
        client.command(Command.PING, out -> {});
        assertThat(client.next().header()).isZero();
      }
      client.scheduler().runFor(Duration.ofSeconds(61));
      client.settle();
      assertThat(client.channel().isActive()).isFalse();
      assertThat(client.service().sessions()).isEmpty();
    }
  }

  @Test
  void closesAClientThatStopsReading() {
    try (ProtocolClient client = new ProtocolClient()) {
      List<ResultColumn> columns = List.of(ResultColumn.expression("n", DataType.INT64));
      StubRows stream =
          new StubRows(client.service().allocator(), columns, List.of(List.of(1L)), 1000);
      client
          .service()
          .on(
              "SELECT much",
              columns,
              (session, values) -> {
                client.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
                return stream.result();
              });
      client.login(ProtocolClient.CAPABILITIES);
      client.query("SELECT much");
      client.scheduler().runFor(Duration.ofSeconds(29));
      client.settle();
      assertThat(client.channel().isActive()).isTrue();
      assertThat(stream.isClosed()).isFalse();
      client.scheduler().runFor(Duration.ofSeconds(2));
      client.settle();
      assertThat(client.channel().isActive()).isFalse();
      assertThat(stream.lent()).isZero();
      assertThat(stream.isClosed()).isTrue();
      assertThat(client.service().sessions()).isEmpty();
    }
  }

  @Test
  void refusesOneConnectionTooMany() {
    try (ProtocolClient client = new ProtocolClient(ConfiguredUsers.LOCAL_ROOT, 0)) {
      ErrPacket error = ErrPacket.read(client.next().reader());
      assertThat(error.errno()).isEqualTo(1040);
      assertThat(error.sqlState()).isEqualTo("08004");
      assertThat(client.channel().isActive()).isFalse();
    }
  }

  @Test
  void refusesLargePacketsBeforeLogin() {
    try (ProtocolClient client = new ProtocolClient()) {
      client.next();
      client.send(1, out -> out.writeZeros((1 << 16) + 1));
      assertThat(ErrPacket.read(client.next().reader()).errno()).isEqualTo(1153);
      assertThat(client.channel().isActive()).isFalse();
    }
  }

  @Test
  void saysNothingBehindTheLastWord() {
    try (ProtocolClient client = new ProtocolClient()) {
      client.next();
      // A login that fails, with another and a query right behind it.
      client.sendBytes(
          Unpooled.wrappedBuffer(
              ProtocolClient.frame(1, out -> out.writeZeros(40)),
              ProtocolClient.frame(1, out -> out.writeZeros(40)),
              ProtocolClient.frame(0, out -> out.writeUint8(Command.PING.code()))));
      assertThat(client.all())
          .extracting(ProtocolClient.Received::header)
          .containsExactly(ErrPacket.HEADER);
      assertThat(client.channel().isActive()).isFalse();
      assertThat(client.service().statements()).isEmpty();
    }
  }

  @Test
  void aRefusingExecutorEndsTheConnectionWithAnError() {
    try (ProtocolClient client = new ProtocolClient()) {
      client.login(ProtocolClient.CAPABILITIES);
      client.refuseWork();
      client.command(Command.PING, out -> {});
      ProtocolClient.Received answer = client.next();
      assertThat(answer.sequence()).isEqualTo(1);
      assertThat(ErrPacket.read(answer.reader()).errno()).isEqualTo(1041);
      assertThat(client.channel().isActive()).isFalse();
      assertThat(client.service().sessions()).isEmpty();
    }
  }

  @Test
  void survivesRandomBytes() {
    long seed = Long.getLong("terrane.seed", 20_261_125L);
    for (int round = 0; round < 300; round++) {
      Random random = new Random(seed + round);
      try (ProtocolClient client = new ProtocolClient()) {
        if (round % 3 != 0) {
          client.login(ProtocolClient.CAPABILITIES);
        }
        for (int packet = 0; packet < 20 && client.channel().isActive(); packet++) {
          byte[] bytes = new byte[random.nextInt(64)];
          random.nextBytes(bytes);
          if (random.nextInt(4) > 0) {
            // A frame whose first byte is a command, so that its reader sees the garbage.
            int code = Command.values()[random.nextInt(Command.values().length)].code();
            client.send(0, out -> out.writeUint8(code).writeBytes(bytes));
          } else {
            client.sendBytes(Unpooled.wrappedBuffer(bytes));
          }
        }
        client.channel().checkException();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("fails with -Dterrane.seed=" + (seed + round), e);
      }
    }
  }
}
