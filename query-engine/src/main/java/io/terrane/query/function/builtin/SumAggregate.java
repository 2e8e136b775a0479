package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.Decimals;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.Param;
import java.util.List;

/** SUM: DECIMAL of exact numbers, FLOAT64 of others; NULL of none. State: the sum. */
final class SumAggregate implements AggregateFunction {
  /** How many digits a sum has more than its values (as MySQL has it). */
  private static final int MORE_DIGITS = 22;

  @Override
  public String name() {
    return "sum";
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 1, 1);
    return sumType(arguments.get(0));
  }

  static DataType sumType(DataType argument) {
    DataType number = Param.number(argument);
    if (number.isFloating()) {
      return DataType.FLOAT64;
    }
    DataType exact = Decimals.typeOf(argument.isInteger() ? argument : number);
    return Decimals.ofDigits(exact.precision() - exact.scale() + MORE_DIGITS, exact.scale());
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return List.of(Param.number(arguments.get(0)));
  }

  @Override
  public List<DataType> stateTypes(List<DataType> inputs, DataType result) {
    return List.of(sumType(inputs.get(0)));
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new SumStates(new Sums(inputs.get(0)));
  }

  private record SumStates(Sums sums) implements Accumulator {
    @Override
    public void grow(int groups) {
      sums.grow(groups);
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      sums.add(arguments[0], groupOfRow, rows);
    }

    @Override
    public void addRuns(Column[] arguments, int[] starts, int runs, int[] groupOfRow) {
      sums.addRuns(arguments[0], starts, runs, groupOfRow);
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        sums.merge(groupOfRow[i], states[0], i, 1);
      }
    }

    @Override
    public void state(int group, Column[] out, int row) {
      sums.write(group, out[0], row);
    }

    @Override
    public void result(int group, Column out, int row) {
      sums.write(group, out, row);
    }

    @Override
    public long heapBytes() {
      return sums.heapBytes();
    }
  }
}
