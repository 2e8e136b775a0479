package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.message.Command;
import io.terrane.frontend.mysql.message.ErrPacket;
import io.terrane.frontend.mysql.testing.ProtocolClient;
import java.time.Duration;
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
