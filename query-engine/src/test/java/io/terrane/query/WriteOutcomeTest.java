package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client is told of a write that was tried more than once. */
final class WriteOutcomeTest {
  private static final String INSERT = "INSERT INTO t VALUES ('a', 1)";

  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void createTable() {
    engine.run("CREATE TABLE t (host STRING, ts TIMESTAMP(3) TIME INDEX, PRIMARY KEY (host))");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aRefusalAfterATryOfUnknownOutcomeIsNoRefusal() {
    engine.regions().failNextWrites(ErrorCode.WRITE_OUTCOME_UNKNOWN, ErrorCode.RESOURCE_EXHAUSTED);
    assertError(INSERT, ErrorCode.WRITE_OUTCOME_UNKNOWN, "may be written all the same");
  }

  @Test
  void soItIsIfNothingHappenedInBetween() {
    engine
        .regions()
        .failNextWrites(
            ErrorCode.WRITE_OUTCOME_UNKNOWN, ErrorCode.REGION_NOT_LEADER, ErrorCode.DUPLICATE_KEY);
    assertError(INSERT, ErrorCode.WRITE_OUTCOME_UNKNOWN, "may be written all the same");
  }

  @Test
  void aRefusalAfterTriesThatDidNothingIsARefusal() {
    engine
        .regions()
        .failNextWrites(
            ErrorCode.REGION_NOT_LEADER,
            ErrorCode.NODE_UNREACHABLE,
            ErrorCode.LOG_UNAVAILABLE,
            ErrorCode.RESOURCE_EXHAUSTED);
    assertError(INSERT, ErrorCode.RESOURCE_EXHAUSTED, "as the test wants it");
  }

  @Test
  void everyTryIsUnderTheSameIdAndTheClientSeesOneSuccess() {
    engine.regions().failNextWrites(ErrorCode.WRITE_OUTCOME_UNKNOWN, ErrorCode.REGION_BUSY);
    assertThat(engine.run(INSERT)).isEqualTo("affected 1");
    assertThat(engine.regions().writeIds()).hasSize(3);
    assertThat(engine.regions().writeIds().stream().distinct()).hasSize(1);
  }

  private void assertError(String sql, ErrorCode code, String message) {
    assertThatThrownBy(() -> engine.run(sql))
        .isInstanceOfSatisfying(
            TerraneException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
