package io.terrane.query.function.sketch;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * UDDSKETCH_STATE(buckets, error, x) and UDDSKETCH_MERGE(buckets, error, state): a {@link
 * QuantileSketch} as bytes, to be stored, merged, and read by the function {@code uddsketch_calc}.
 */
record QuantileAggregate(String name, DataType input) implements AggregateFunction {
  static List<AggregateFunction> all() {
    return List.of(
        new QuantileAggregate("uddsketch_state", DataType.FLOAT64),
        new QuantileAggregate("uddsketch_merge", DataType.BINARY));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 3, 3);
    return DataType.BINARY;
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return List.of(DataType.INT64, DataType.FLOAT64, input);
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Sketches();
  }

  private static final class Sketches implements Accumulator {
    private QuantileSketch[] sketches = {};
    private long held;

    @Override
    public void grow(int groups) {
      if (sketches.length < groups) {
        sketches = Arrays.copyOf(sketches, Math.max(groups, 2 * sketches.length));
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group < 0 || anyNull(arguments, i)) {
          continue;
        }
        if (sketches[group] == null) {
          sketches[group] = new QuantileSketch(arguments[0].longAt(i), arguments[1].doubleAt(i));
        } else {
          held -= sketches[group].heapBytes();
        }
        if (arguments[2].storage() == Column.Storage.DOUBLE) {
          sketches[group].add(arguments[2].doubleAt(i));
        } else {
          sketches[group].merge(QuantileSketch.read(arguments[2].bytesAt(i)));
        }
        held += sketches[group].heapBytes();
      }
    }

    private static boolean anyNull(Column[] arguments, int row) {
      return arguments[0].isNull(row) || arguments[1].isNull(row) || arguments[2].isNull(row);
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group < 0 || states[0].isNull(i)) {
          continue;
        }
        QuantileSketch part = QuantileSketch.read(states[0].bytesAt(i));
        if (sketches[group] == null) {
          sketches[group] = part;
        } else {
          held -= sketches[group].heapBytes();
          sketches[group].merge(part);
        }
        held += sketches[group].heapBytes();
      }
    }

    @Override
    public void state(int group, Column[] out, int row) {
      result(group, out[0], row);
    }

    @Override
    public void result(int group, Column out, int row) {
      if (sketches[group] == null) {
        out.setNull(row);
      } else {
        out.setBytes(row, sketches[group].toBytes());
      }
    }

    @Override
    public long heapBytes() {
      return 8L * sketches.length + held;
    }
  }
}
