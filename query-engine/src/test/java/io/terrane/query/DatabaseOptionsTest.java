package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.TerraneException;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Options of databases, and what tables take from them. */
final class DatabaseOptionsTest {
  private final EngineFixture engine = new EngineFixture();

  @AfterEach
  void close() {
    engine.close();
  }

  private TableInfo table(String name) {
    return engine.cluster().snapshot().findTable(new TableName("d", name)).orElseThrow();
  }

  @Test
  void areSetAndRemoved() {
    engine.run("CREATE DATABASE d WITH (ttl = '1 second')");
    assertThat(engine.run("SHOW CREATE DATABASE d"))
        .isEqualTo("d|CREATE DATABASE IF NOT EXISTS d\nWITH(\n  ttl = '1s'\n)");
    engine.run("ALTER DATABASE d SET ttl = '36 hours', 'append_mode' = 'true'");
    assertThat(engine.run("SHOW FULL DATABASES"))
        .contains("d|'ttl'='1day 12h'\n'append_mode'='true'\n");
    engine.run("ALTER SCHEMA d UNSET 'ttl', append_mode");
    assertThat(engine.run("SHOW CREATE DATABASE d")).isEqualTo("d|CREATE DATABASE IF NOT EXISTS d");
    engine.run("ALTER DATABASE d CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
    for (String refused :
        new String[] {
          "ALTER DATABASE d SET ttl = 'instant'",
          "ALTER DATABASE d SET ttl = 'soon'",
          "ALTER DATABASE d SET 'database.ttl' = '1d'",
          "ALTER DATABASE information_schema SET ttl = '1d'",
          "ALTER DATABASE nowhere SET ttl = '1d'",
          "CREATE DATABASE e WITH (ttl = 'instant')"
        }) {
      assertThatThrownBy(() -> engine.run(refused))
          .as(refused)
          .isInstanceOf(TerraneException.class);
    }
  }

  @Test
  void tablesTakeThemWhereTheySayNothing() {
    engine.run("CREATE DATABASE d WITH (ttl='1h', merge_mode='last_non_null', skip_wal='true')");
    engine.run(
        "CREATE TABLE d.t (ts TIMESTAMP TIME INDEX) WITH ('skip_wal' = 'false', merge_mode = '')");
    assertThat(engine.run("SHOW CREATE TABLE d.t"))
        .endsWith("WITH(\n  merge_mode = '',\n  skip_wal = 'false',\n  ttl = '1h'\n)");
    engine.run("CREATE DATABASE e WITH ('compaction.type' = 'twcs')");
    engine.run("CREATE TABLE e.t (ts TIMESTAMP TIME INDEX)");
    assertThat(engine.run("SHOW CREATE TABLE e.t")).endsWith("ENGINE=mito\n");
  }

  @Test
  void tablesFollowTheTtl() {
    engine.run("CREATE DATABASE d");
    engine.run("CREATE TABLE d.own (ts TIMESTAMP TIME INDEX) WITH (ttl = '1h')");
    engine.run("CREATE TABLE d.other (ts TIMESTAMP TIME INDEX)");
    engine.run("ALTER DATABASE d SET ttl = '1 day'");
    assertThat(table("own").timeToLive()).contains(Duration.ofHours(1));
    assertThat(table("other").timeToLive()).contains(Duration.ofDays(1));
    engine.run("ALTER TABLE d.own UNSET ttl");
    assertThat(table("own").timeToLive()).contains(Duration.ofDays(1));
    engine.run("ALTER TABLE d.own SET ttl = '0s'");
    assertThat(table("own").timeToLive()).isEmpty();
    assertThat(engine.run("SHOW CREATE TABLE d.own")).endsWith("  ttl = 'forever'\n)");
    engine.run("CREATE TABLE public.copy LIKE d.other");
    assertThat(engine.run("SHOW CREATE TABLE public.copy")).endsWith("ENGINE=mito\n");
    engine.run("ALTER TABLE d.other RENAME TO public.moved");
    assertThat(engine.run("SHOW CREATE TABLE public.moved")).endsWith("ENGINE=mito\n");
    int version = table("own").schema().version();
    engine.run("ALTER DATABASE d UNSET ttl");
    engine.run("ALTER DATABASE d UNSET ttl");
    assertThat(table("own").schema().version()).isEqualTo(version + 1);
  }
}
