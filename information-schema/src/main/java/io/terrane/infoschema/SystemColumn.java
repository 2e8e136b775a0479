package io.terrane.infoschema;

import io.terrane.api.table.ColumnSchema;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;

/** One column of a system table: how a row gives its value, and how a vector takes it. */
interface SystemColumn<R> {

  ColumnSchema schema();

  /** Fills {@code vector}, which is empty and of the column's type, with one value per row. */
  void fill(FieldVector vector, List<R> rows);

  /** Puts a value that is not null into a vector, which grows as needed. */
  @FunctionalInterface
  interface Setter<V extends FieldVector, T> {
    void set(V vector, int index, T value);
  }

  /** A column whose values have the Java type {@code T} and whose vector is a {@code V}. */
  record Typed<R, V extends FieldVector, T>(
      ColumnSchema schema, Class<V> vectorType, Function<R, T> value, Setter<V, T> setter)
      implements SystemColumn<R> {

    public Typed {
      Objects.requireNonNull(schema, "schema");
      Objects.requireNonNull(value, "value");
    }

    @Override
    public void fill(FieldVector vector, List<R> rows) {
      V typed = vectorType.cast(vector);
      for (int i = 0; i < rows.size(); i++) {
        T cell = value.apply(rows.get(i));
        if (cell == null) {
          typed.setNull(i);
        } else {
          setter.set(typed, i, cell);
        }
      }
      typed.setValueCount(rows.size());
    }
  }
}
