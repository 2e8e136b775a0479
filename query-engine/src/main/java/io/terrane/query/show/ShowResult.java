package io.terrane.query.show;

import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.ArrayList;
import java.util.List;

/** A small result in memory: what SHOW, DESC and ADMIN answer. */
public record ShowResult(List<ResultColumn> columns, List<List<Datum>> rows) {
  public ShowResult {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** A result of text columns without rows yet. */
  public static Builder of(String... names) {
    Builder builder = new Builder();
    for (String name : names) {
      builder.column(name, DataType.STRING);
    }
    return builder;
  }

  public List<String> names() {
    return columns.stream().map(ResultColumn::name).toList();
  }

  public List<DataType> types() {
    return columns.stream().map(ResultColumn::type).toList();
  }

  /** A result in the making. */
  public static final class Builder {
    private final List<ResultColumn> columns = new ArrayList<>();
    private final List<List<Datum>> rows = new ArrayList<>();

    public Builder column(String name, DataType type) {
      columns.add(ResultColumn.expression(name, type));
      return this;
    }

    /** Strings, Longs, Datums or nulls, one per column. */
    public Builder row(Object... values) {
      List<Datum> row = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        row.add(datum(values[i], columns.get(i).type()));
      }
      rows.add(row);
      return this;
    }

    public ShowResult build() {
      return new ShowResult(columns, rows);
    }

    private static Datum datum(Object value, DataType type) {
      return value == null
          ? Datum.ofNull(type)
          : value instanceof Datum known ? known : new Datum(type, value);
    }
  }
}
