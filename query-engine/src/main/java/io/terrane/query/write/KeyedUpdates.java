package io.terrane.query.write;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.plan.PlanContext;
import io.terrane.query.plan.QueryPlanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of an INSERT … ON DUPLICATE KEY UPDATE into a table with a key. Each chunk asks once
 * which of its keys are there; rows that repeat a key see what the rows before them made of it.
 * What others write to the same keys in between is overwritten unseen, as with UPDATE. One thread.
 */
final class KeyedUpdates {
  private final TableInfo table;
  private final List<ColumnSchema> columns;
  private final int[] keys;
  private final StoredRows stored;
  private final RowUpdate update;
  private final RowChanges changes;
  private final Assignment assignment;
  private final long unchangedCount;
  private long count;

  KeyedUpdates(
      TableInfo table,
      DuplicateAssignments assignments,
      QueryPlanner planner,
      RowChanges changes,
      PlanContext scope,
      ExecutionContext context) {
    this.table = table;
    this.changes = changes;
    List<ColumnSchema> keyColumns = table.schema().keyColumns();
    if (table.partitionRule().columns().stream()
        .anyMatch(name -> !keyColumns.contains(table.schema().column(name)))) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED,
          "ON DUPLICATE KEY UPDATE of a table whose partition columns are not part of its key");
    }
    columns = table.schema().columns();
    keys =
        table.schema().keyColumns().stream()
            .mapToInt(key -> table.schema().indexOf(key.name()))
            .toArray();
    stored = new StoredRows(table, planner, scope, context);
    update = new RowUpdate(columns, assignments.resolve(table), planner, scope, context);
    assignment = new Assignment(context);
    unchangedCount = "1".equals(context.sessionValue("found_rows_wanted")) ? 1 : 0;
  }

  /** Whether a table can have two rows of one key, which is then updated. */
  static boolean applyTo(TableInfo table) {
    return !table.schema().hasHiddenRowId() && !table.isAppendOnly();
  }

  /**
   * Writes complete rows.
   *
   * @return as MySQL counts: one for a new row, two for a changed one
   */
  AffectedRows write(List<List<Datum>> rows) {
    if (rows.isEmpty()) {
      return new AffectedRows(0);
    }
    Map<List<Datum>, List<Datum>> known =
        stored.find(rows.stream().map(this::key).collect(Collectors.toSet()));
    Set<List<Datum>> changed = new LinkedHashSet<>();
    long affected = 0;
    List<List<Datum>> waiting = rows;
    while (!waiting.isEmpty()) {
      Set<List<Datum>> seen = new HashSet<>();
      List<List<Datum>> later = new ArrayList<>();
      List<List<Datum>> repeated = new ArrayList<>();
      for (List<Datum> row : waiting) {
        List<Datum> key = key(row);
        if (!seen.add(key)) {
          later.add(row);
        } else if (known.putIfAbsent(key, row) == null) {
          changed.add(key);
          affected++;
        } else {
          repeated.add(row);
        }
      }
      affected += change(repeated, known, changed);
      waiting = later;
    }
    changed.stream().filter(known::containsKey).forEach(key -> changes.put(known.get(key)));
    changes.flush();
    count += rows.size();
    return new AffectedRows(affected);
  }

  private long change(
      List<List<Datum>> repeated, Map<List<Datum>, List<Datum>> known, Set<List<Datum>> changed) {
    if (repeated.isEmpty()) {
      return 0;
    }
    List<List<Datum>> before = repeated.stream().map(row -> known.get(key(row))).toList();
    Map<Integer, List<Datum>> values = update.values(before, repeated);
    long affected = 0;
    for (int i = 0; i < before.size(); i++) {
      List<Datum> old = before.get(i);
      List<Datum> row = new ArrayList<>(old);
      for (int at = 0; at < update.targets().size(); at++) {
        ColumnSchema column = columns.get(update.targets().get(at));
        row.set(
            update.targets().get(at),
            update.isDefault(at)
                ? assignment.defaultOf(column)
                : assignment.convert(values.get(i).get(at), column, count + i + 1));
      }
      affected += row.equals(old) ? unchangedCount : 2;
      if (!row.equals(old)) {
        replace(old, row, known, changed);
      }
    }
    return affected;
  }

  private void replace(
      List<Datum> old,
      List<Datum> row,
      Map<List<Datum>, List<Datum>> known,
      Set<List<Datum>> changed) {
    List<Datum> oldKey = key(old);
    List<Datum> key = key(row);
    if (!key.equals(oldKey)) {
      if (known.containsKey(key) || !stored.find(Set.of(key)).isEmpty()) {
        String text = key.stream().map(Datum::display).collect(Collectors.joining("-"));
        throw new TerraneException(
            ErrorCode.DUPLICATE_KEY,
            "Duplicate entry '" + text + "' for key '" + table.name().table() + ".PRIMARY'");
      }
      known.remove(oldKey);
      changes.delete(oldKey);
    }
    known.put(key, row);
    changed.add(key);
  }

  private List<Datum> key(List<Datum> row) {
    List<Datum> key = new ArrayList<>(keys.length);
    for (int position : keys) {
      key.add(row.get(position));
    }
    return key;
  }
}
