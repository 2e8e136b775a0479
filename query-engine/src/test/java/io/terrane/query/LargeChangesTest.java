package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** UPDATE, DELETE and INSERT … SELECT of more rows than one chunk, and than fit into memory. */
final class LargeChangesTest {
  private static final int ROWS = 40_000;

  private EngineFixture engine;

  @AfterEach
  void close() {
    engine.close();
  }

  private void open(long memoryBytesMax) {
    engine = new EngineFixture(EngineFixture.config(memoryBytesMax, 1 << 20, "", 0));
    engine.run(
        "CREATE TABLE t (id BIGINT PRIMARY KEY, v BIGINT, note STRING)"
            + " PARTITION ON COLUMNS (id) (id < 20000, id >= 20000)");
    for (int from = 0; from < ROWS; from += 10_000) {
      StringBuilder rows = new StringBuilder("INSERT INTO t VALUES ");
      for (int id = from; id < from + 10_000; id++) {
        rows.append(id > from ? ", (" : "(").append(id).append(", 1, 'some text')");
      }
      engine.run(rows.toString());
    }
  }

  @Test
  void changesThatKeepKeysNeedNoMoreThanAChunk() {
    open(8L << 20);
    assertThat(engine.run("UPDATE t SET v = v + 1, note = CONCAT(note, '!') WHERE id >= 0"))
        .isEqualTo("affected 40000");
    assertThat(engine.run("SELECT COUNT(*), SUM(v), MAX(note) FROM t"))
        .isEqualTo("40000|80000|some text!");
    assertThat(engine.run("DELETE FROM t WHERE id % 2 = 0")).isEqualTo("affected 20000");
    assertThat(engine.run("SELECT COUNT(*), MIN(id) FROM t")).isEqualTo("20000|1");
  }

  @Test
  void rowsThatMoveAreAllFoundFirst() {
    open(64L << 20);
    assertThat(engine.run("UPDATE t SET id = id + 100000")).isEqualTo("affected 40000");
    assertThat(engine.run("SELECT COUNT(*), MIN(id), MAX(id) FROM t"))
        .isEqualTo("40000|100000|139999");
    assertThat(engine.run("INSERT INTO t SELECT id + 100000, v, note FROM t"))
        .isEqualTo("affected 40000");
    assertThat(engine.run("DELETE FROM t WHERE id > (SELECT MAX(id) - 10 FROM t)"))
        .isEqualTo("affected 10");
    assertThat(engine.run("SELECT COUNT(*), MAX(id) FROM t")).isEqualTo("79990|239989");
  }

  @Test
  void whatIsHeldCountsAgainstTheLimit() {
    open(512L << 10);
    assertThatThrownBy(() -> engine.run("UPDATE t SET id = id + 100000"))
        .isInstanceOfSatisfying(
            TerraneException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_MEMORY_EXCEEDED));
    assertThat(engine.run("SELECT COUNT(*), MAX(id) FROM t")).isEqualTo("40000|39999");
  }
}
