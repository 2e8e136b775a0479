package io.terrane.frontend.mysql.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LoginTest {
  private static final byte[] SECRET = "secret".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NOTHING = new byte[0];
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

  private final Authentication authentication =
      new Authentication(
          new ConfiguredUsers(
              List.of(
                  new UserAccount("root", Password.EMPTY, UserAccount.Origin.LOOPBACK, Set.of()),
                  new UserAccount(
                      "ada", Password.ofClear("secret"), UserAccount.Origin.ANYWHERE, Set.of()),
                  new UserAccount(
                      "slow",
                      Password.ofHash(Sha256Crypt.hash(SECRET, "abcdefghijklmnopqrst")),
                      UserAccount.Origin.ANYWHERE,
                      Set.of()))),
          new Random(1));
  private final byte[] salt = authentication.newSalt();

  private Login login(String user, Transport transport) {
    return authentication.login(transport, user, LOCAL, salt);
  }

  private static byte[] nativeAnswer(byte[] password, byte[] salt) {
    byte[] once = Digests.digest(Digests.SHA_1, password);
    return Digests.xor(
        once, Digests.digest(Digests.SHA_1, salt, Digests.digest(Digests.SHA_1, once)));
  }

  private static byte[] sha2Answer(byte[] password, byte[] salt) {
    byte[] once = Digests.digest(Digests.SHA_256, password);
    return Digests.xor(
        once, Digests.digest(Digests.SHA_256, Digests.digest(Digests.SHA_256, once), salt));
  }

  private static void denies(ThrowingCallable attempt, String usingPassword) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            TerraneException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_DENIED))
        .hasMessageEndingWith("(using password: " + usingPassword + ")");
  }

  @Test
  void takesAnEmptyPasswordFromThisMachineOnly() throws Exception {
    assertThat(login("root", Transport.PLAIN).begin(CachingSha2Password.NAME, NOTHING))
        .isInstanceOf(Login.Step.Accepted.class);
    assertThat(login("root", Transport.PLAIN).begin(NativePassword.NAME, NOTHING))
        .isInstanceOf(Login.Step.Accepted.class);
    InetAddress remote = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    Login fromAfar = authentication.login(Transport.PLAIN, "root", remote, salt);
    denies(() -> fromAfar.begin(CachingSha2Password.NAME, NOTHING), "NO");
  }

  @Test
  void takesTheRightPasswordByEitherPlugin() {
    assertThat(
            login("ada", Transport.PLAIN).begin(CachingSha2Password.NAME, sha2Answer(SECRET, salt)))
        .isInstanceOfSatisfying(
            Login.Step.Accepted.class, step -> assertThat(step.notice()).containsExactly(3));
    assertThat(login("ada", Transport.PLAIN).begin(NativePassword.NAME, nativeAnswer(SECRET, salt)))
        .isInstanceOf(Login.Step.Accepted.class);
  }

  @Test
  void deniesWrongPasswordsAndUnknownUsers() {
    byte[] wrong = "wrong".getBytes(StandardCharsets.UTF_8);
    denies(
        () -> login("ada", Transport.PLAIN).begin(NativePassword.NAME, nativeAnswer(wrong, salt)),
        "YES");
    denies(
        () ->
            login("ada", Transport.PLAIN).begin(CachingSha2Password.NAME, sha2Answer(wrong, salt)),
        "YES");
    denies(() -> login("ada", Transport.PLAIN).begin(CachingSha2Password.NAME, NOTHING), "NO");
    denies(() -> login("eve", Transport.PLAIN).begin(NativePassword.NAME, new byte[20]), "YES");
    denies(() -> login("eve", Transport.PLAIN).begin(NativePassword.NAME, NOTHING), "NO");
  }

  @Test
  void switchesToAPluginThatCanCheck() {
    Login login = login("slow", Transport.TLS);
    Login.Step.Switch change =
        (Login.Step.Switch) login.begin(NativePassword.NAME, nativeAnswer(SECRET, salt));
    assertThat(change.authPlugin()).isEqualTo(CachingSha2Password.NAME);
    assertThat(change.salt()).isNotEqualTo(salt);
    assertThat(login.resume(sha2Answer(SECRET, change.salt())))
        .isInstanceOfSatisfying(
            Login.Step.More.class, step -> assertThat(step.data()).containsExactly(4));
    assertThat(login.resume("secret\0".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(Login.Step.Accepted.class);
    // Known from now on.
    assertThat(
            login("slow", Transport.PLAIN)
                .begin(CachingSha2Password.NAME, sha2Answer(SECRET, salt)))
        .isInstanceOf(Login.Step.Accepted.class);
  }

  @Test
  void deniesGarbageInTheFullPath() {
    Login login = login("slow", Transport.PLAIN);
    login.begin(CachingSha2Password.NAME, sha2Answer(SECRET, salt));
    denies(() -> login.resume(new byte[256]), "YES");
    Login inTls = login("slow", Transport.TLS);
    inTls.begin(CachingSha2Password.NAME, sha2Answer(SECRET, salt));
    denies(() -> inTls.resume(SECRET), "YES");
  }
}
