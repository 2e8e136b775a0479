package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements that need more than their memory give what they give with enough of it. The LIMIT of
 * {@code u} keeps the work out of the regions, whose memory is the statement's here.
 */
class SpillTest {
  private static final int ROWS = 30_000;

  @TempDir static Path folder;

  private static EngineFixture small;
  private static EngineFixture large;
  private static EngineFixture full;

  @BeforeAll
  static void tables() {
    small = engine(6 << 20, folder.toString(), 1L << 30);
    large = engine(128 << 20, "", 0);
    full = engine(6 << 20, folder.toString(), 100_000);
    for (EngineFixture engine : List.of(small, large, full)) {
      engine.run("CREATE TABLE t (id BIGINT PRIMARY KEY, n BIGINT, note STRING)");
      engine.run("CREATE VIEW u AS SELECT * FROM t LIMIT 1000000");
      for (int from = 0; from < ROWS; from += 10_000) {
        StringBuilder rows = new StringBuilder("INSERT INTO t VALUES ");
        for (int id = from; id < from + 10_000; id++) {
          String n = id % 11 == 0 ? "NULL" : Integer.toString(id * 7919 % 20_011);
          rows.append(id > from ? ", (" : "(").append(id).append(", ").append(n);
          rows.append(", 'this is the note of row ").append(id * 31 % 9_973).append("')");
        }
        engine.run(rows.toString());
      }
    }
  }

  @AfterAll
  static void nothingIsLeft() throws Exception {
    for (EngineFixture engine : List.of(small, large, full)) {
      engine.close();
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private static EngineFixture engine(long memoryBytesMax, String spillFolder, long spillBytes) {
    return new EngineFixture(
        EngineFixture.config(memoryBytesMax, 1 << 20, spillFolder, spillBytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, n, note FROM u ORDER BY note DESC, n, id",
        "SELECT n, id FROM u ORDER BY n, id LIMIT 20000 OFFSET 5000",
        "SELECT note, n FROM u ORDER BY CONCAT(note, 'x'), n LIMIT 12000"
      })
  void orders_are_the_same(String sql) {
    assertThat(small.run(sql)).isEqualTo(large.run(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n, note, COUNT(*), SUM(id), MIN(note) FROM u GROUP BY n, note",
        "SELECT note, COUNT(DISTINCT n), MAX(id) FROM u GROUP BY note",
        "SELECT DISTINCT note, n FROM u",
        "SELECT n, GROUP_CONCAT(id ORDER BY id DESC) FROM u GROUP BY n",
        "SELECT note FROM u UNION SELECT CONCAT(note, '!') FROM u",
        "SELECT a.id, b.id, b.note FROM u a JOIN u b ON a.n = b.n AND a.id <= b.id",
        "SELECT a.id, b.id, b.note FROM u a LEFT JOIN u b ON a.id = b.n AND b.id > 100",
        "SELECT a.note, b.id FROM u a RIGHT JOIN u b ON a.id = b.n",
        "SELECT a.id FROM u a WHERE a.id IN (SELECT n FROM u WHERE note <> 'x')",
        "SELECT a.id FROM u a WHERE NOT EXISTS (SELECT 1 FROM u b WHERE b.n = a.id)",
        "SELECT COUNT(*) FROM (SELECT a.note, COUNT(*) c FROM u a JOIN u b ON a.n = b.n"
            + " GROUP BY a.note ORDER BY c) x"
      })
  void rows_are_the_same(String sql) {
    assertThat(sorted(small.run(sql))).isEqualTo(sorted(large.run(sql)));
  }

  private static String[] sorted(String rows) {
    String[] lines = rows.split("\n");
    Arrays.sort(lines);
    return lines;
  }

  @Test
  void a_full_disk_is_an_error_and_frees_what_it_took() {
    String sql = "SELECT id, n, note FROM u ORDER BY note, id";
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> full.run(sql))
          .isInstanceOfSatisfying(
              TerraneException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_MEMORY_EXCEEDED))
          .hasMessageContaining("100000 bytes of disk");
    }
    assertThat(full.run("SELECT COUNT(*) FROM t")).isEqualTo(Integer.toString(ROWS));
  }

  @Test
  void closing_early_frees_all() {
    assertThat(small.run("SELECT id FROM (SELECT id, note FROM u ORDER BY note, id) x LIMIT 1"))
        .isNotEmpty();
  }
}
