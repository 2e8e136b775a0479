package io.terrane.frontend.mysql.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.TerraneException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Sha256CryptTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As crypt(3) and OpenSSL have it. */
  @Test
  void hashesAsSpecified() {
    assertThat(Sha256Crypt.hash(bytes("Hello world!"), "saltstring"))
        .isEqualTo("$A$005$saltstring5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5");
  }

  @Test
  void recognisesItsPassword() {
    String stored = Sha256Crypt.hash(bytes("correct horse"), "abcdefghijklmnopqrst");
    assertThat(Sha256Crypt.parse(stored).matches(bytes("correct horse"))).isTrue();
    assertThat(Sha256Crypt.parse(stored).matches(bytes("correct horsf"))).isFalse();
  }

  @Test
  void refusesOtherHashes() {
    assertThatThrownBy(() -> Sha256Crypt.parse("$5$rounds=1000$x"))
        .isInstanceOf(TerraneException.class);
    assertThatThrownBy(() -> Password.ofHash("*12")).isInstanceOf(TerraneException.class);
    assertThatThrownBy(() -> Password.ofHash("*" + "g".repeat(40)))
        .isInstanceOf(TerraneException.class);
  }

  @Test
  void passwordsDoNotPrint() {
    assertThat(
            new UserAccount("a", Password.ofClear("secret"), UserAccount.Origin.ANYWHERE, Set.of()))
        .hasToString("UserAccount[name=a, password=***, origin=ANYWHERE, privileges=[]]");
  }
}
