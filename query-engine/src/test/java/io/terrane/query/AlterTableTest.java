package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ALTER TABLE asks of the catalogue, and what it refuses. */
final class AlterTableTest {
  private final EngineFixture engine = new EngineFixture();

  @BeforeEach
  void makeTable() {
    engine.run(
        "CREATE TABLE cpu (host STRING, n INT DEFAULT 5, must INT NOT NULL, ts TIMESTAMP TIME INDEX,"
            + " PRIMARY KEY (host)) PARTITION ON COLUMNS (host) (host < 'm', host >= 'm')");
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private TableInfo table(String name) {
    return engine.cluster().snapshot().findTable(new TableName("public", name)).orElseThrow();
  }

  private List<String> columns() {
    return table("cpu").schema().columns().stream().map(ColumnSchema::name).toList();
  }

  private void refused(String sql, ErrorCode code) {
    assertThatThrownBy(() -> engine.run(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            TerraneException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void addsColumnsWhereTheyAreWanted() {
    engine.run("ALTER TABLE cpu ADD COLUMN a INT FIRST, ADD b STRING NOT NULL AFTER host");
    engine.run("ALTER TABLE cpu ADD COLUMN IF NOT EXISTS A INT, ADD COLUMN (c DOUBLE, d DATE)");
    assertThat(columns()).containsExactly("a", "host", "b", "n", "must", "ts", "c", "d");
    assertThat(table("cpu").schema().version()).isEqualTo(2);
    assertThat(table("cpu").schema().column("b").backfill()).contains(Datum.of(""));
  }

  @Test
  void idsAreNeverUsedAgain() {
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      engine.run("ALTER TABLE cpu ADD COLUMN again INT");
      assertThat(ids.add(table("cpu").schema().column("again").id())).isTrue();
      engine.run("ALTER TABLE cpu DROP COLUMN again");
    }
  }

  @Test
  void whatChangesNothingIsNoNewVersion() {
    engine.run("ALTER TABLE cpu ADD COLUMN IF NOT EXISTS n INT, DROP COLUMN IF EXISTS gone");
    engine.run("ALTER TABLE cpu ADD INDEX i (n), ENGINE=InnoDB");
    assertThat(table("cpu").schema().version()).isZero();
    refused("ALTER TABLE cpu ADD INDEX i (n)", ErrorCode.INDEX_EXISTS);
    engine.run("ALTER TABLE cpu DROP INDEX i");
  }

  @Test
  void keysAreAddedAndRenamed() {
    engine.run("ALTER TABLE cpu ADD COLUMN rack STRING DEFAULT 'r0' PRIMARY KEY");
    engine.run("ALTER TABLE cpu RENAME COLUMN rack TO shelf");
    assertThat(table("cpu").schema().primaryKey()).containsExactly("host", "shelf");
    assertThat(table("cpu").schema().column("shelf").backfill()).contains(Datum.of("r0"));
  }

  @Test
  void changesTypesAndDefaults() {
    engine.run("ALTER TABLE cpu MODIFY COLUMN n STRING");
    ColumnSchema column = table("cpu").schema().column("n");
    assertThat(column.type()).isEqualTo(DataType.STRING);
    assertThat(column.defaultValue().orElseThrow().value()).isEqualTo(Datum.of("5"));
    engine.run("ALTER TABLE cpu ALTER COLUMN n DROP DEFAULT");
    engine.run("ALTER TABLE cpu CHANGE n m BIGINT DEFAULT 7 COMMENT 'many' FIRST");
    assertThat(columns()).startsWith("m");
    assertThat(table("cpu").schema().column("m").comment()).isEqualTo("many");
    engine.run("ALTER TABLE cpu MODIFY COLUMN m SET DEFAULT 8");
    assertThat(table("cpu").schema().column("m").defaultValue().orElseThrow().value().value())
        .isEqualTo(8L);
    engine.run("ALTER TABLE cpu MODIFY must BIGINT NOT NULL");
    assertThat(table("cpu").schema().column("must").nullable()).isFalse();
  }

  @Test
  void renamesTablesAndSetsOptions() {
    engine.run("ALTER TABLE cpu SET 'ttl'='1d'");
    engine.run("ALTER TABLE cpu COMMENT 'load of hosts'");
    assertThat(table("cpu").options()).containsEntry("ttl", "1day");
    assertThat(table("cpu").comment()).isEqualTo("load of hosts");
    engine.run("ALTER TABLE cpu UNSET 'ttl'");
    engine.run("ALTER TABLE cpu RENAME TO load1");
    engine.run("RENAME TABLE load1 TO load2, load2 TO load3");
    assertThat(table("load3").options()).isEmpty();
    engine.run("ALTER TABLE load3 SET 'append_mode'='true'");
    refused("ALTER TABLE load3 SET 'append_mode'='false'", ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void refusesToMergeWhatIsAppended() {
    refused(
        "CREATE TABLE a (ts TIMESTAMP TIME INDEX, n INT)"
            + " WITH (append_mode='true', merge_mode='last_non_null')",
        ErrorCode.INVALID_ARGUMENT);
    engine.run("ALTER TABLE cpu SET 'merge_mode'='last_non_null'");
    refused("ALTER TABLE cpu SET 'append_mode'='true'", ErrorCode.INVALID_ARGUMENT);
    engine.run("ALTER TABLE cpu UNSET 'merge_mode'");
    engine.run("ALTER TABLE cpu SET 'append_mode'='true'");
    refused("ALTER TABLE cpu SET 'merge_mode'='last_non_null'", ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void refusesWhatWouldLoseRows() {
    refused("ALTER TABLE cpu DROP COLUMN host", ErrorCode.UNSUPPORTED);
    refused("ALTER TABLE cpu DROP COLUMN ts", ErrorCode.UNSUPPORTED);
    refused("ALTER TABLE cpu DROP COLUMN gone", ErrorCode.INDEX_NOT_FOUND);
    refused("ALTER TABLE cpu MODIFY COLUMN host BIGINT", ErrorCode.UNSUPPORTED);
    refused("ALTER TABLE cpu MODIFY COLUMN n DATE", ErrorCode.UNSUPPORTED);
    refused("ALTER TABLE cpu MODIFY COLUMN n INT NOT NULL", ErrorCode.UNSUPPORTED);
    refused("ALTER TABLE cpu MODIFY COLUMN must TINYINT NOT NULL", ErrorCode.UNSUPPORTED);
    refused("ALTER TABLE cpu ADD COLUMN N INT", ErrorCode.COLUMN_EXISTS);
    refused("ALTER TABLE cpu ADD COLUMN d INT DEFAULT 'x'", ErrorCode.INVALID_DEFAULT);
    refused("ALTER TABLE cpu ADD COLUMN d DATE NOT NULL", ErrorCode.NO_DEFAULT_VALUE);
    refused("ALTER TABLE cpu ADD COLUMN d INT AFTER gone", ErrorCode.COLUMN_NOT_FOUND);
    refused("ALTER TABLE cpu CHANGE host h STRING", ErrorCode.UNSUPPORTED);
    refused("ALTER TABLE cpu SET 'colour'='red'", ErrorCode.UNKNOWN_TABLE_OPTION);
    refused("ALTER TABLE gone ADD COLUMN d INT", ErrorCode.TABLE_NOT_FOUND);
    engine.run("CREATE TABLE one (n INT)");
    refused("ALTER TABLE one DROP COLUMN n", ErrorCode.LAST_COLUMN);
    assertThat(table("cpu").schema().version()).isZero();
  }
}
