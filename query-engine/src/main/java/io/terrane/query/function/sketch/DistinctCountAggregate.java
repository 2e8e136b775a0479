package io.terrane.query.function.sketch;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * APPROX_DISTINCT(x) counts; HLL(x) and HLL_MERGE(state) give the state, which can be stored, and
 * be counted by the function {@code hll_count}.
 */
record DistinctCountAggregate(String name, List<String> aliases, Input input, Output output)
    implements AggregateFunction {
  private enum Input {
    VALUES,
    STATES
  }

  private enum Output {
    COUNT,
    STATE
  }

  static List<AggregateFunction> all() {
    return List.of(
        new DistinctCountAggregate(
            "approx_distinct", List.of("approx_count_distinct"), Input.VALUES, Output.COUNT),
        new DistinctCountAggregate("hll", List.of(), Input.VALUES, Output.STATE),
        new DistinctCountAggregate("hll_merge", List.of(), Input.STATES, Output.STATE));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 1, 1);
    return output == Output.COUNT ? DataType.INT64 : DataType.BINARY;
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return input == Input.VALUES ? arguments : List.of(DataType.BINARY);
  }

  @Override
  public List<DataType> stateTypes(List<DataType> inputs, DataType result) {
    return List.of(DataType.BINARY);
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Sketches(input, output);
  }

  private static final class Sketches implements Accumulator {
    private final Input input;
    private final Output output;
    private DistinctSketch[] sketches = {};
    private long held;

    private Sketches(Input input, Output output) {
      this.input = input;
      this.output = output;
    }

    @Override
    public void grow(int groups) {
      if (sketches.length < groups) {
        sketches = Arrays.copyOf(sketches, Math.max(groups, 2 * sketches.length));
      }
    }

    private DistinctSketch sketch(int group) {
      if (sketches[group] == null) {
        sketches[group] = new DistinctSketch();
      } else {
        held -= sketches[group].heapBytes();
      }
      return sketches[group];
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      if (input == Input.STATES) {
        merge(arguments, groupOfRow, rows);
        return;
      }
      for (int i = 0; i < rows; i++) {
        if (groupOfRow[i] >= 0 && !arguments[0].isNull(i)) {
          DistinctSketch sketch = sketch(groupOfRow[i]);
          sketch.add(arguments[0], i);
          held += sketch.heapBytes();
        }
      }
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        if (groupOfRow[i] >= 0 && !states[0].isNull(i)) {
          DistinctSketch sketch = sketch(groupOfRow[i]);
          sketch.merge(ByteBuffer.wrap(states[0].bytesAt(i)));
          held += sketch.heapBytes();
        }
      }
    }

    @Override
    public void state(int group, Column[] out, int row) {
      writeState(group, out[0], row);
    }

    private void writeState(int group, Column out, int row) {
      if (sketches[group] == null) {
        out.setNull(row);
      } else {
        out.setBytes(row, sketches[group].toBytes());
      }
    }

    @Override
    public void result(int group, Column out, int row) {
      if (output == Output.STATE) {
        writeState(group, out, row);
      } else {
        out.setLong(row, sketches[group] == null ? 0 : sketches[group].estimate());
      }
    }

    @Override
    public long heapBytes() {
      return 8L * sketches.length + held;
    }
  }
}
