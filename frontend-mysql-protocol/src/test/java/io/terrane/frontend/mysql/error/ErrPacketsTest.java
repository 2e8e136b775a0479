package io.terrane.frontend.mysql.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.frontend.mysql.message.ErrPacket;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrPacketsTest {
  private final ErrPackets errors = new ErrPackets(new Random(1));

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyCodeHasItsNumberAndState(ErrorCode code) {
    ErrPacket packet = errors.of(new TerraneException(code, "text"), 1);
    assertThat(packet).isEqualTo(new ErrPacket(code.mysqlErrno(), code.sqlState(), "text"));
    assertThat(packet.sqlState()).hasSize(5);
  }

  @Test
  void wrappedFailuresAreFound() {
    TerraneException inner = new TerraneException(ErrorCode.TABLE_NOT_FOUND, "no t");
    assertThat(errors.of(new CompletionException(inner), 1).errno()).isEqualTo(1146);
  }

  @Test
  void whatNobodyForesawIsMasked() {
    ErrPacket packet = errors.of(new IllegalStateException("password is hunter2"), 1);
    assertThat(packet.errno()).isEqualTo(1105);
    assertThat(packet.message()).matches("internal error, see [0-9a-f]{16} in the server's log");
  }
}
