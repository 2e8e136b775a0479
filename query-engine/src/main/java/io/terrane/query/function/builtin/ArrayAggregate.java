package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * ARRAY_AGG(x): all values as a text such as {@code [1, 2]}, for there is no type of arrays. A NULL
 * is an empty place; NULL of no rows.
 */
final class ArrayAggregate implements AggregateFunction {
  @Override
  public String name() {
    return "array_agg";
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 1, 1);
    return DataType.STRING;
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return List.of(DataType.STRING);
  }

  /** The order of parts is not known. */
  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Arrayed();
  }

  private static final class Arrayed implements Accumulator {
    private StringBuilder[] texts = {};
    private long characters;

    @Override
    public void grow(int groups) {
      if (texts.length < groups) {
        texts = Arrays.copyOf(texts, Math.max(groups, 2 * texts.length));
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group < 0) {
          continue;
        }
        if (texts[group] == null) {
          texts[group] = new StringBuilder("[");
        } else {
          characters -= texts[group].capacity();
          texts[group].append(", ");
        }
        if (!arguments[0].isNull(i)) {
          texts[group].append(arguments[0].stringAt(i));
        }
        characters += texts[group].capacity();
      }
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      throw new IllegalStateException("array_agg is not split");
    }

    @Override
    public void state(int group, Column[] out, int row) {
      throw new IllegalStateException("array_agg is not split");
    }

    @Override
    public void result(int group, Column out, int row) {
      if (texts[group] == null) {
        out.setNull(row);
      } else {
        out.setString(row, texts[group] + "]");
      }
    }

    @Override
    public long heapBytes() {
      return 8L * texts.length + 2 * characters;
    }
  }
}
