package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.auth.Password;
import io.terrane.frontend.mysql.auth.UserAccount;
import io.terrane.frontend.mysql.testing.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins of MySQL's own JDBC driver: each plugin, with a public key, inside TLS. */
class ConnectorJLoginTest {
  /** "secret" as MySQL stores it for each plugin. */
  private static final ConfiguredUsers USERS =
      new ConfiguredUsers(
          List.of(
              new UserAccount(
                  "clear", Password.ofClear("secret"), UserAccount.Origin.ANYWHERE, Set.of()),
              new UserAccount(
                  "native",
                  Password.ofHash("*14E65567ABDB5135D0CFD9A70B3032C179A49EE7"),
                  UserAccount.Origin.ANYWHERE,
                  Set.of()),
              new UserAccount(
                  "sha2",
                  Password.ofHash(
                      "$A$005$abcdefghijklmnopqrstYy1cVJ5jT.fk4HyAGlowRhOkI55As4SAesbspXHQvFD"),
                  UserAccount.Origin.ANYWHERE,
                  Set.of())));

  private static void login(RunningServer server, String user, String password, String properties)
      throws SQLException {
    String url = "jdbc:mysql://127.0.0.1:" + server.address().getPort() + "/?" + properties;
    try (Connection connection = DriverManager.getConnection(url, user, password)) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @Test
  void logsInWithoutTls() throws Exception {
    try (RunningServer server = new RunningServer(MySqlServerConfig.DEFAULT, USERS)) {
      login(server, "clear", "secret", "sslMode=DISABLED");
      login(server, "native", "secret", "sslMode=DISABLED");
      login(server, "sha2", "secret", "sslMode=DISABLED&allowPublicKeyRetrieval=true");
      // The password is known by now, so the fast path needs no key.
      login(server, "sha2", "secret", "sslMode=DISABLED");
      for (String user : List.of("clear", "native", "sha2", "nobody")) {
        assertThatThrownBy(
                () -> login(server, user, "wrong", "sslMode=DISABLED&allowPublicKeyRetrieval=true"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
      }
    }
  }

  @Test
  void logsInInsideTls(@TempDir Path directory) throws Exception {
    MySqlServerConfig config = MySqlServerConfig.DEFAULT.offering(selfSigned(directory));
    try (RunningServer server = new RunningServer(config, USERS)) {
      login(server, "sha2", "secret", "sslMode=REQUIRED");
      login(server, "clear", "secret", "sslMode=REQUIRED");
      login(server, "native", "secret", "sslMode=DISABLED");
      assertThatThrownBy(() -> login(server, "sha2", "wrong", "sslMode=REQUIRED"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
    }
  }

  /** A throw-away certificate, made by the JDK's own tool. */
  private static TlsFiles selfSigned(Path directory) throws Exception {
    Path store = directory.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    writePem(certificate, "CERTIFICATE", keys.getCertificate("server").getEncoded());
    writePem(key, "PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded());
    return new TlsFiles(certificate, key);
  }

  private static void writePem(Path file, String type, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file,
        "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n",
        StandardCharsets.US_ASCII);
  }
}
