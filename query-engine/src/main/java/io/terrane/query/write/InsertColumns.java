package io.terrane.query.write;

import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.TableInfo;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Temporals;
import io.terrane.query.parse.InsertText;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows of a plain INSERT, read from its text into a register per column of the table. Whatever a
 * column does not take as it is goes through {@link Assignment}; what that refuses is not read
 * here, so that its error comes from where all errors come from. One statement, one thread.
 */
final class InsertColumns {
  private final TableInfo table;
  private final int[] targets;
  private final List<Datum> parameters;
  private final List<ColumnSchema> columns;
  private final Assignment assignment;
  private final ZoneId zone;
  private final Column[] values;
  private final LastTime[] times;
  private int nextParameter;

  /** The time read last in a column, if any: rows that come together often share it. */
  private static final class LastTime {
    String text;
    long value;
  }

  InsertColumns(TableInfo table, int[] targets, List<Datum> parameters, ExecutionContext context) {
    this.table = table;
    this.targets = targets;
    this.parameters = parameters;
    this.columns = table.schema().columns();
    this.assignment = new Assignment(context);
    this.zone = context.timeZone();
    this.values = new Column[columns.size()];
    this.times = new LastTime[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Column(columns.get(i).type());
      times[i] = new LastTime();
    }
  }

  /** Reads all rows; false if the statement has to be read otherwise. */
  boolean read(InsertText text) {
    int rowsMax = text.rowsMax(targets.length);
    for (Column column : values) {
      column.reset(rowsMax);
    }
    try {
      int rows = 0;
      while (text.nextRow()) {
        if (rows == rowsMax || !readRow(text, rows)) {
          return false;
        }
        rows++;
      }
      if (!text.isPlain()) {
        return false;
      }
      for (Column column : values) {
        column.truncate(rows);
      }
      fillIn(rows);
      return true;
    } catch (TerraneException refused) {
      // The general way meets the same, and says it as it must be said.
      return false;
    }
  }

  private boolean readRow(InsertText text, int row) {
    for (int i = 0; i < targets.length; i++) {
      if (!readCell(text, targets[i], row)) {
        return false;
      }
    }
    return text.rowEnded();
  }

  private boolean readCell(InsertText text, int target, int row) {
    Column column = values[target];
    switch (text.nextCell()) {
      case NUMBER -> number(text, target, row);
      case STRING -> string(text, target, row);
      case NULL -> convert(Datum.NULL, target, row);
      case DEFAULT -> column.setDatum(row, assignment.defaultOf(columns.get(target)));
      case TRUE -> convert(Datum.of(true), target, row);
      case FALSE -> convert(Datum.of(false), target, row);
      case PARAMETER -> {
        if (nextParameter == parameters.size()) {
          return false;
        }
        convert(parameters.get(nextParameter++), target, row);
      }
      case OTHER -> {
        return false;
      }
    }
    return true;
  }

  private void convert(Datum value, int target, int row) {
    values[target].setDatum(row, assignment.convert(value, columns.get(target), row + 1L));
  }

  private void number(InsertText text, int target, int row) {
    Column column = values[target];
    if (column.type().kind() == DataType.Kind.FLOAT64) {
      column.setDouble(row, text.doubleValue());
    } else if (text.isLong() && takesAsIs(column.type(), text.longValue())) {
      column.setLong(row, text.longValue());
    } else {
      convert(datum(text), target, row);
    }
  }

  /** Whether a column of this type holds a whole number by its own value. */
  private static boolean takesAsIs(DataType type, long value) {
    return switch (type.kind()) {
      case INT32 -> value == (int) value;
      case INT64, TIMESTAMP -> true;
      case UINT32 -> value == (value & 0xffff_ffffL);
      case UINT64 -> value >= 0;
      case NULL,
          BOOLEAN,
          INT8,
          INT16,
          UINT8,
          UINT16,
          FLOAT32,
          FLOAT64,
          DECIMAL,
          STRING,
          BINARY,
          DATE,
          TIME ->
          false;
    };
  }

  private static Datum datum(InsertText text) {
    Datum number =
        text.isApproximate()
            ? Datum.of(Double.parseDouble(text.unsignedText()))
            : ValueReader.exact(new BigDecimal(text.unsignedText()));
    return text.isNegative() ? ValueReader.negated(number) : number;
  }

  private void string(InsertText text, int target, int row) {
    Column column = values[target];
    if (column.type().kind() == DataType.Kind.STRING) {
      string(text, column, row);
    } else if (column.type().kind() == DataType.Kind.TIMESTAMP) {
      time(text, target, row);
    } else {
      convert(Datum.of(text.string()), target, row);
    }
  }

  /** Without an object in between where the text is plain. */
  private static void string(InsertText text, Column column, int row) {
    int start = column.offsets()[row];
    int length = text.length();
    column.roomForBytes(Math.addExact(start, length));
    if (text.copyAscii(column.bytes(), start)) {
      column.offsets()[row + 1] = start + length;
    } else {
      column.setString(row, text.string());
    }
  }

  private void time(InsertText text, int target, int row) {
    LastTime last = times[target];
    if (last.text == null || !text.isString(last.text)) {
      String value = text.string();
      LocalDateTime local = Temporals.parseDateTime(value, zone);
      if (local == null) {
        convert(Datum.of(value), target, row);
        return;
      }
      last.value = Temporals.timestamp(local, values[target].type(), zone);
      last.text = value;
    }
    values[target].setLong(row, last.value);
  }

  /** Gives the columns that the statement does not name their defaults. */
  private void fillIn(int rows) {
    boolean[] named = new boolean[values.length];
    for (int target : targets) {
      named[target] = true;
    }
    for (int i = 0; i < values.length; i++) {
      if (!named[i]) {
        Datum value = assignment.defaultOf(columns.get(i));
        for (int row = 0; row < rows; row++) {
          values[i].setDatum(row, value);
        }
      }
    }
  }

  /** The rows as one batch per region. The caller closes them. */
  Map<RegionId, VectorSchemaRoot> batches(BufferAllocator allocator) {
    Map<RegionId, VectorSchemaRoot> batches = new TreeMap<>();
    try {
      if (table.partitionRule().regionCount() == 1) {
        batches.put(RegionId.of(table.id(), 0), RowBatches.of(columns, values, allocator));
      } else {
        rowsByRegion()
            .forEach(
                (number, rows) ->
                    batches.put(
                        RegionId.of(table.id(), number),
                        RowBatches.of(columns, selected(rows), allocator)));
      }
      return batches;
    } catch (RuntimeException failure) {
      batches.values().forEach(VectorSchemaRoot::close);
      throw failure;
    }
  }

  private Map<Integer, List<Integer>> rowsByRegion() {
    Map<String, Column> partitionColumns = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      partitionColumns.put(columns.get(i).name(), values[i]);
    }
    Map<Integer, List<Integer>> rows = new TreeMap<>();
    for (int i = 0; i < values[0].rows(); i++) {
      int row = i;
      int number = table.partitionRule().regionFor(name -> partitionColumns.get(name).datumAt(row));
      rows.computeIfAbsent(number, any -> new ArrayList<>()).add(row);
    }
    return rows;
  }

  private Column[] selected(List<Integer> rows) {
    Column[] selected = new Column[values.length];
    for (int i = 0; i < values.length; i++) {
      selected[i] = new Column(values[i].type()).reset(rows.size());
      for (int k = 0; k < rows.size(); k++) {
        selected[i].setFrom(k, values[i], rows.get(k));
      }
    }
    return selected;
  }
}
