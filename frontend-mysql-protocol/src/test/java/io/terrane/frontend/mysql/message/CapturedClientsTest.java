package io.terrane.frontend.mysql.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.terrane.frontend.mysql.packet.PayloadReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients sent in answer to this server's greeting. */
class CapturedClientsTest {
  private static final int HEADER_BYTES = 4;
  private static final Map<String, String> PLUGINS =
      Map.of("node-mysql-2.18", "", "node-mariadb-3.5", "mysql_native_password");

  static Stream<List<String>> clients() throws IOException {
    try (InputStream in =
        CapturedClientsTest.class.getResourceAsStream("/captured/handshake-responses.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines().map(line -> List.of(line.split(" ", -1))).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void answersAreUnderstood(List<String> client) {
    byte[] packet = HexFormat.of().parseHex(client.get(1));
    PayloadReader in = new PayloadReader(Unpooled.wrappedBuffer(packet));
    in.skip(HEADER_BYTES);
    HandshakeResponse41 response = HandshakeResponse41.read(in);
    assertThat(in.isExhausted()).isTrue();
    assertThat(response.user()).isEqualTo("ada");
    assertThat(response.database()).contains("public");
    assertThat(response.authPlugin().orElse(""))
        .isEqualTo(PLUGINS.getOrDefault(client.get(0), "caching_sha2_password"));
    if (response.capabilities().has(Capabilities.CONNECT_ATTRS)) {
      assertThat(response.attributes()).containsKey("_client_name");
    }
  }
}
