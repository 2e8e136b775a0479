package io.terrane.frontend.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.auth.Password;
import io.terrane.frontend.mysql.auth.UserAccount;
import io.terrane.frontend.mysql.testing.AllTypes;
import io.terrane.frontend.mysql.testing.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The {@code mysql} or {@code mariadb} command line client; skipped where neither is installed. */
class CommandLineClientTest {
  private static final List<ResultColumn> NUMBER =
      List.of(ResultColumn.expression("n", DataType.INT64));

  private String client;
  private RunningServer server;

  @BeforeEach
  void start() {
    Optional<Path> found =
        Stream.of("mysql", "mariadb")
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(":", -1))
                        .map(directory -> Path.of(directory, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no mysql or mariadb client on the PATH");
    client = found.get().toString();
    server =
        new RunningServer(
            MySqlServerConfig.DEFAULT,
            new ConfiguredUsers(
                List.of(
                    new UserAccount("root", Password.EMPTY, UserAccount.Origin.LOOPBACK, Set.of()),
                    new UserAccount(
                        "ada", Password.ofClear("secret"), UserAccount.Origin.ANYWHERE, Set.of()),
                    new UserAccount(
                        "old",
                        Password.ofHash("*14E65567ABDB5135D0CFD9A70B3032C179A49EE7"),
                        UserAccount.Origin.ANYWHERE,
                        Set.of()))));
    server.service().onRows("SELECT 1", NUMBER, List.of(List.of(1L)));
    server.service().onRows("SELECT * FROM every_type", AllTypes.COLUMNS, AllTypes.ROWS);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.close();
    }
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(client, "--no-defaults", "-h", "127.0.0.1"));
    command.addAll(List.of("-P", Integer.toString(server.address().getPort())));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  @Test
  void showsRowsOfEveryType() throws Exception {
    String output =
        run("-uroot", "--default-character-set=utf8mb4", "-B", "-e", "SELECT * FROM every_type");
    assertThat(output.lines().skip(1).findFirst().orElseThrow())
        .isEqualTo(
            "NULL\t1\t-7\t-300\t-70000\t-5000000000\t200\t60000\t4000000000\t18446744073709551615"
                + "\t1.5\t1e20\t12.345600\t12345678901234567890.123456789012345678901234567890"
                + "\tgrüße 🐬\t\\0\uFFFDx\t2024-02-29\t12:34:56\t2024-02-29 13:14:15"
                + "\t2024-02-29 13:14:15.123\t2024-02-29 13:14:15.123456"
                + "\t2024-02-29 13:14:15.123456789");
  }

  @Test
  void runsSeveralStatementsAndSaysWhichFails() throws Exception {
    String output = run("-uroot", "-e", "USE public; SELECT 1; SELEKT");
    assertThat(output)
        .contains("n\n1\n")
        .contains("ERROR 1064 (42000) at line 1: You have an error");
  }

  @Test
  void logsInByBothPlugins() throws Exception {
    assertThat(run("-uada", "-psecret", "-e", "SELECT 1")).contains("n\n1\n");
    assertThat(run("-uold", "-psecret", "-e", "SELECT 1")).contains("n\n1\n");
    assertThat(run("-uada", "-pwrong", "-e", "SELECT 1"))
        .contains("ERROR 1045 (28000)", "'ada'@'localhost' (using password: YES)");
    assertThat(run("-unobody", "-e", "SELECT 1"))
        .contains("ERROR 1045 (28000)", "'nobody'@'localhost' (using password: NO)");
  }

  @Test
  void showsTheStatus() throws Exception {
    server.service().onRows("select DATABASE(), USER() limit 1", NUMBER, List.of(List.of(1L)));
    assertThat(run("-uroot", "-e", "status")).contains("8.4.0-Terrane", "Uptime:", "Threads: 1");
  }
}
