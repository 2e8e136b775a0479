package io.terrane.sqllogictest;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.server.assembly.LocalCluster;
import io.terrane.server.assembly.LocalCluster.Wire;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Our suites, in each way the rooms can be wired. */
class SuitesTest {
  @TempDir Path data;

  @TestFactory
  Stream<DynamicTest> standalone() throws Exception {
    return suites(LocalCluster.standalone(data, 0));
  }

  @TestFactory
  Stream<DynamicTest> clusterInOneProcess() throws Exception {
    return suites(LocalCluster.playground(data, 3, 0));
  }

  @TestFactory
  Stream<DynamicTest> clusterOverFlight() throws Exception {
    return suites(LocalCluster.playground(data, 3, 0, Wire.FLIGHT));
  }

  /** One test a file, and one that closes the cluster. */
  private static Stream<DynamicTest> suites(LocalCluster cluster)
      throws IOException, URISyntaxException {
    List<DynamicTest> tests = new ArrayList<>();
    String url = "jdbc:mysql://127.0.0.1:" + cluster.mysqlPort() + "/?connectionTimeZone=UTC";
    for (Path file : SltMain.files(folder())) {
      tests.add(
          DynamicTest.dynamicTest(
              file.getFileName().toString(),
              () -> {
                SltResult result = SltMain.run(url, file);
                assertThat(result.failures()).isEmpty();
                assertThat(result.passed()).isPositive();
              }));
    }
    tests.add(DynamicTest.dynamicTest("close", cluster::close));
    return tests.stream();
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(SuitesTest.class.getResource("/slt"), "suites").toURI());
  }
}
