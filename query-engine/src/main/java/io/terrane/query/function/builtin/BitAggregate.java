package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * BIT_AND, BIT_OR, BIT_XOR (UINT64; their neutral value of nothing, as in MySQL), BOOL_AND and
 * BOOL_OR (NULL of nothing). State: the bits.
 */
record BitAggregate(
    String name, List<String> aliases, long neutral, boolean truth, LongBinaryOperator operator)
    implements AggregateFunction {
  static List<AggregateFunction> all() {
    return List.of(
        new BitAggregate("bit_and", List.of(), -1, false, (a, b) -> a & b),
        new BitAggregate("bit_or", List.of(), 0, false, (a, b) -> a | b),
        new BitAggregate("bit_xor", List.of(), 0, false, (a, b) -> a ^ b),
        new BitAggregate("bool_and", List.of("every"), 1, true, (a, b) -> a & b),
        new BitAggregate("bool_or", List.of(), 0, true, (a, b) -> a | b));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name, arguments, 1, 1);
    return truth ? DataType.BOOLEAN : DataType.UINT64;
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return List.of(truth ? DataType.BOOLEAN : DataType.UINT64);
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new BitStates();
  }

  private final class BitStates implements Accumulator {
    private long[] bits = {};
    private boolean[] any = {};

    @Override
    public void grow(int groups) {
      if (bits.length < groups) {
        int from = bits.length;
        int size = Math.max(groups, 2 * from);
        bits = Arrays.copyOf(bits, size);
        any = Arrays.copyOf(any, size);
        Arrays.fill(bits, from, size, neutral);
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group >= 0 && !arguments[0].isNull(i)) {
          bits[group] = operator.applyAsLong(bits[group], arguments[0].longAt(i));
          any[group] = true;
        }
      }
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      add(states, groupOfRow, rows);
    }

    @Override
    public void state(int group, Column[] out, int row) {
      result(group, out[0], row);
    }

    @Override
    public void result(int group, Column out, int row) {
      out.setLong(row, bits[group]);
      if (truth && !any[group]) {
        out.setNull(row);
      }
    }

    @Override
    public long heapBytes() {
      return 9L * bits.length;
    }
  }
}
