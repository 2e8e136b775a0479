package io.terrane.datanode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionSpec;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rows of every place, read under a schema that is later than theirs. */
class AlterRegionTest {
  private static final ColumnSchema VALUE =
      TestTables.column(1, "value", DataType.INT64, SemanticType.FIELD);
  private static final ColumnSchema HOST =
      TestTables.column(2, "host", DataType.STRING, SemanticType.TAG);
  private static final ColumnSchema TIME =
      TestTables.column(3, "ts", DataType.TIMESTAMP_MILLIS, SemanticType.TIMESTAMP);

  private final RegionSpec before = TestTables.spec(TestTables.series(Map.of()));

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  private static RegionSpec spec(int version, List<String> primaryKey, ColumnSchema... columns) {
    TableInfo table = TestTables.series(Map.of());
    return TestTables.spec(
        new TableInfo(
            table.id(),
            table.name(),
            new TableSchema(version, List.of(columns), primaryKey, Optional.of("ts")),
            table.partitionRule(),
            table.engine(),
            table.options(),
            table.comment(),
            table.createdAt()));
  }

  private static ColumnSchema added(int id, String name, SemanticType semantic, Datum backfill) {
    return new ColumnSchema(
        id, name, backfill.type(), true, semantic, Optional.empty(), "", Optional.of(backfill));
  }

  private static void alter(DatanodeFixture fixture, Datanode node, RegionSpec spec) {
    fixture.instruct(node, new RegionInstruction.AlterRegion(spec));
  }

  /** One row in a file, one in memory. */
  private Datanode written(DatanodeFixture fixture) {
    Datanode node = fixture.datanode(1);
    fixture.create(node, before);
    fixture.upsert(node, before, 1, List.of(row(1L, "a", 1L)));
    fixture.instruct(node, new RegionInstruction.FlushRegion(before.region()));
    fixture.upsert(node, before, 1, List.of(row(2L, "b", 2L)));
    return node;
  }

  @Test
  void addedColumnsHaveTheirBackfillInRowsThatWereThere() {
    RegionSpec after =
        spec(
            1,
            List.of("host"),
            added(9, "k", SemanticType.FIELD, Datum.of("old")),
            VALUE,
            HOST,
            TIME);
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = written(fixture);
      alter(fixture, node, after);
      alter(fixture, node, after); // once more changes nothing
      fixture.upsert(node, after, 1, List.of(row("new", 3L, "c", 3L)));
      List<List<Object>> expected =
          List.of(row("old", 1L, "a", 1L), row("old", 2L, "b", 2L), row("new", 3L, "c", 3L));
      assertThat(fixture.scan(node, after, 1)).isEqualTo(expected);

      fixture.stop(node); // what was in memory is read from the log now
      Datanode next = fixture.datanode(2);
      fixture.open(next, after, 2);
      assertThat(fixture.scan(next, after, 2)).isEqualTo(expected);
      fixture.instruct(next, new RegionInstruction.FlushRegion(after.region()));
      assertThat(fixture.scan(next, after, 2)).isEqualTo(expected);
    }
  }

  @Test
  void rowsThatWereOverwrittenStayGoneWhenATableBecomesAppendOnly() {
    TableInfo table = TestTables.series(Map.of("append_mode", "true"));
    RegionSpec after =
        TestTables.spec(
            new TableInfo(
                table.id(),
                table.name(),
                new TableSchema(
                    1, table.schema().columns(), table.schema().primaryKey(), Optional.of("ts")),
                table.partitionRule(),
                table.engine(),
                table.options(),
                table.comment(),
                table.createdAt()));
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = fixture.datanode(1);
      fixture.create(node, before);
      fixture.upsert(node, before, 1, List.of(row(1L, "a", 1L)));
      fixture.upsert(node, before, 1, List.of(row(2L, "a", 1L)));
      alter(fixture, node, after);
      fixture.upsert(node, after, 1, List.of(row(3L, "a", 1L)));
      assertThat(fixture.scan(node, after, 1))
          .containsExactlyInAnyOrder(row(2L, "a", 1L), row(3L, "a", 1L));

      fixture.stop(node);
      Datanode next = fixture.datanode(2);
      fixture.open(next, after, 2);
      assertThat(fixture.scan(next, after, 2))
          .containsExactlyInAnyOrder(row(2L, "a", 1L), row(3L, "a", 1L));
    }
  }

  @Test
  void aColumnOfADroppedNameIsAnotherColumn() {
    RegionSpec dropped = spec(1, List.of("host"), HOST, TIME);
    RegionSpec again =
        spec(
            2,
            List.of("host"),
            HOST,
            TIME,
            TestTables.column(9, "value", DataType.INT64, SemanticType.FIELD));
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = written(fixture);
      alter(fixture, node, dropped);
      assertThat(fixture.scan(node, dropped, 1)).isEqualTo(List.of(row("a", 1L), row("b", 2L)));
      alter(fixture, node, again);
      assertThat(fixture.scan(node, again, 1))
          .isEqualTo(List.of(row("a", 1L, null), row("b", 2L, null)));
    }
  }

  @Test
  void valuesChangeTheirType() {
    RegionSpec text =
        spec(
            1,
            List.of("host"),
            TestTables.column(1, "label", DataType.STRING, SemanticType.FIELD),
            HOST,
            TIME);
    RegionSpec number = spec(2, List.of("host"), VALUE, HOST, TIME);
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = written(fixture);
      alter(fixture, node, text);
      fixture.upsert(node, text, 1, List.of(row("many", "c", 3L)));
      assertThat(fixture.scan(node, text, 1))
          .isEqualTo(List.of(row("1", "a", 1L), row("2", "b", 2L), row("many", "c", 3L)));
      alter(fixture, node, number);
      assertThat(fixture.scan(node, number, 1))
          .isEqualTo(List.of(row(1L, "a", 1L), row(2L, "b", 2L), row(null, "c", 3L)));
    }
  }

  @Test
  void aKeyColumnThatWasAddedTellsNewRowsFromOldOnes() {
    RegionSpec after =
        spec(
            1,
            List.of("host", "rack"),
            VALUE,
            HOST,
            TIME,
            added(9, "rack", SemanticType.TAG, Datum.of("r0")));
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = written(fixture);
      alter(fixture, node, after);
      fixture.upsert(node, after, 1, List.of(row(10L, "a", 1L, "r0"), row(11L, "a", 1L, "r1")));
      fixture.get(fixture.write(node, after, 1, WriteMode.DELETE, List.of(row("b", "r0", 2L))));
      assertThat(fixture.scan(node, after, 1))
          .isEqualTo(List.of(row(10L, "a", 1L, "r0"), row(11L, "a", 1L, "r1")));
    }
  }

  @Test
  void statementsOfAnotherSchemaAreRefused() {
    RegionSpec after = spec(1, List.of("host"), HOST, TIME);
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = written(fixture);
      alter(fixture, node, after);
      assertThatThrownBy(() -> fixture.scan(node, before, 1)).hasMessageContaining("has changed");
      assertThatThrownBy(() -> fixture.upsert(node, before, 1, List.of(row(1L, "a", 1L))))
          .hasRootCauseMessage(
              "Table definition of 'public.t' has changed: planned under version 0, the region is"
                  + " under 1");
    }
  }

  @Test
  void writesOnTheirWayAreTakenAndThoseBehindAreRefused() {
    RegionSpec after = spec(1, List.of("host"), HOST, TIME);
    try (DatanodeFixture fixture = new DatanodeFixture()) {
      Datanode node = written(fixture);
      CompletableFuture<AffectedRows> first =
          fixture.write(node, before, 1, WriteMode.UPSERT, List.of(row(3L, "c", 3L)));
      CompletableFuture<?> altered = node.instruct(new RegionInstruction.AlterRegion(after));
      CompletableFuture<AffectedRows> late =
          fixture.write(node, before, 1, WriteMode.UPSERT, List.of(row(4L, "d", 4L)));
      assertThat(fixture.get(first).count()).isEqualTo(1);
      fixture.get(altered);
      assertThatThrownBy(() -> fixture.get(late)).hasMessageContaining("has changed");
      assertThat(fixture.scan(node, after, 1))
          .isEqualTo(List.of(row("a", 1L), row("b", 2L), row("c", 3L)));
    }
  }
}
