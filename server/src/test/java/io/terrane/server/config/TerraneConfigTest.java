package io.terrane.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.sql.Privilege;
import io.terrane.frontend.mysql.TlsFiles;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.auth.UserAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerraneConfigTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir Path folder;

  @Test
  void withoutUsersThereIsRootFromLoopback() throws Exception {
    assertThat(load("").users()).isSameAs(ConfiguredUsers.LOCAL_ROOT);
  }

  @Test
  void usersHavePasswordsOriginsAndPrivileges() throws Exception {
    TerraneConfig config =
        load(
            """
            [frontend.mysql.users.app]
            password = "secret"
            from = "anywhere"
            [frontend.mysql.users.operator]
            password-hash = "*6BB4837EB74329105EE4568DDA7DC67ED2CA2AD9"
            admin = true
            """);
    InetAddress elsewhere = InetAddress.getByAddress(new byte[] {10, 1, 2, 3});

    assertThat(config.users().find("app", elsewhere))
        .get()
        .extracting(UserAccount::privileges)
        .isEqualTo(Set.of());
    assertThat(config.users().find("operator", LOOPBACK))
        .get()
        .extracting(UserAccount::privileges)
        .isEqualTo(Set.of(Privilege.ADMIN));
    assertThat(config.users().find("operator", elsewhere)).isEmpty();
    assertThat(config.users().find("root", LOOPBACK)).isEmpty();
    assertThat(config.users().toString()).contains("app").doesNotContain("=secret", "6BB4");
  }

  @Test
  void healthAndMetricsAreAnsweredWhereAsked() throws Exception {
    assertThat(load("").httpListen()).isEmpty();
    assertThat(load("[http]\nlisten = \"127.0.0.1:9100\"\n").httpListen())
        .hasValue(new InetSocketAddress(LOOPBACK, 9100));
    assertThatThrownBy(() -> load("[http]\nlisten = \"9100\"\n"))
        .hasMessageContaining("http.listen = 9100: expected host:port");
  }

  @Test
  void aPasswordMayComeFromTheEnvironment() throws Exception {
    TerraneConfig config =
        TerraneConfig.load(
            Optional.of(file("[frontend.mysql.users.app]\nfrom = \"anywhere\"\n")),
            Map.of("TERRANE_FRONTEND_MYSQL_USERS_APP_PASSWORD", "secret"),
            List.of(),
            List.of());
    assertThat(config.users().find("app", LOOPBACK)).isPresent();
  }

  @Test
  void aUserFromAnywhereNeedsAPassword() {
    assertProblem(
        "[frontend.mysql.users.app]\nfrom = \"anywhere\"\n",
        "[frontend.mysql.users.app] a user from anywhere needs a password");
  }

  @Test
  void tlsNeedsBothFiles() throws Exception {
    assertThat(
            load("[frontend.mysql.tls]\ncertificate = \"c.pem\"\nkey = \"k.pem\"\n").mysql().tls())
        .contains(new TlsFiles(Path.of("c.pem"), Path.of("k.pem")));
    assertProblem(
        "[frontend.mysql.tls]\nkey = \"k.pem\"\n",
        "[frontend.mysql.tls] also needs frontend.mysql.tls.certificate");
  }

  @Test
  void everySizeTakesUnits() throws Exception {
    assertThat(load("[frontend.mysql]\npacket-bytes-max = \"16MB\"\n").mysql().packetBytesMax())
        .isEqualTo(16 << 20);
  }

  @Test
  void theGraceFollowsTheLease() throws Exception {
    TerraneConfig config = load("[metasrv]\nlease-duration = \"30s\"\n");
    assertThat(config.metasrv().initialLeaseGrace())
        .isEqualTo(Duration.ofSeconds(30).plus(config.metasrv().leaseMargin()));
    assertProblem(
        "[metasrv]\nlease-duration = \"30s\"\ninitial-lease-grace = \"10s\"\n",
        "metasrv.initial-lease-grace");
  }

  @Test
  void whatARoleCannotGuessIsAskedFor() {
    assertThatThrownBy(
            () ->
                TerraneConfig.load(
                    Optional.empty(), Map.of(), List.of(), List.of("datanode.node-id")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("datanode.node-id is missing");
  }

  private void assertProblem(String toml, String problem) {
    assertThatThrownBy(() -> load(toml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  private TerraneConfig load(String toml) throws IOException {
    return TerraneConfig.load(Optional.of(file(toml)), Map.of(), List.of(), List.of());
  }

  private Path file(String toml) throws IOException {
    return Files.writeString(folder.resolve("terrane.toml"), toml);
  }
}
