package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import java.util.Arrays;
import java.util.List;

/**
 * APPROX_DISTINCT: a HyperLogLog of 2048 registers a group (P. Flajolet and others, 2007; standard
 * error 2.3 %), exact enough for small counts by linear counting. State: the registers.
 */
final class DistinctCountAggregate implements AggregateFunction {
  private static final int BITS = 11;
  private static final int REGISTERS = 1 << BITS;

  @Override
  public String name() {
    return "approx_distinct";
  }

  @Override
  public List<String> aliases() {
    return List.of("approx_count_distinct");
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 1, 1);
    return DataType.INT64;
  }

  @Override
  public List<DataType> stateTypes(List<DataType> inputs, DataType result) {
    return List.of(DataType.BINARY);
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Sketches();
  }

  private static final class Sketches implements Accumulator {
    private byte[][] sketches = {};
    private int held;

    @Override
    public void grow(int groups) {
      if (sketches.length < groups) {
        sketches = Arrays.copyOf(sketches, Math.max(groups, 2 * sketches.length));
      }
    }

    private byte[] sketch(int group) {
      if (sketches[group] == null) {
        sketches[group] = new byte[REGISTERS];
        held++;
      }
      return sketches[group];
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        if (groupOfRow[i] >= 0 && !arguments[0].isNull(i)) {
          long hash = hash(arguments[0], i);
          byte[] sketch = sketch(groupOfRow[i]);
          int register = (int) (hash >>> (64 - BITS));
          int rank = Long.numberOfLeadingZeros((hash << BITS) | (1L << (BITS - 1))) + 1;
          sketch[register] = (byte) Math.max(sketch[register], rank);
        }
      }
    }

    private static long hash(Column column, int row) {
      long bits =
          switch (column.storage()) {
            case LONG -> column.longAt(row);
            case DOUBLE -> Double.doubleToLongBits(column.doubleAt(row) + 0.0);
            case DECIMAL -> bytes(column.decimalAt(row).unscaledValue().toByteArray(), 0, -1);
            case BYTES -> bytes(column.bytes(), column.offsets()[row], column.offsets()[row + 1]);
          };
      // The finaliser of MurmurHash3.
      long hash = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
      hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
      return hash ^ (hash >>> 33);
    }

    private static long bytes(byte[] data, int from, int to) {
      long hash = 0xcbf29ce484222325L;
      int end = to < 0 ? data.length : to;
      for (int i = from; i < end; i++) {
        hash = (hash ^ (data[i] & 0xff)) * 0x100000001b3L;
      }
      return hash;
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        if (!states[0].isNull(i)) {
          byte[] sketch = sketch(groupOfRow[i]);
          int from = states[0].offsets()[i];
          for (int register = 0; register < REGISTERS; register++) {
            sketch[register] =
                (byte) Math.max(sketch[register], states[0].bytes()[from + register]);
          }
        }
      }
    }

    @Override
    public void state(int group, Column[] out, int row) {
      if (sketches[group] == null) {
        out[0].setNull(row);
      } else {
        out[0].setBytes(row, sketches[group]);
      }
    }

    @Override
    public void result(int group, Column out, int row) {
      if (sketches[group] == null) {
        out.setLong(row, 0);
        return;
      }
      double sum = 0;
      int zeros = 0;
      for (byte rank : sketches[group]) {
        sum += Math.scalb(1.0, -rank);
        zeros += rank == 0 ? 1 : 0;
      }
      double estimate = 0.7213 / (1 + 1.079 / REGISTERS) * REGISTERS * REGISTERS / sum;
      boolean isSmall = estimate <= 2.5 * REGISTERS && zeros > 0;
      out.setLong(
          row, Math.round(isSmall ? REGISTERS * Math.log((double) REGISTERS / zeros) : estimate));
    }

    @Override
    public long heapBytes() {
      return 8L * sketches.length + (long) REGISTERS * held;
    }
  }
}
