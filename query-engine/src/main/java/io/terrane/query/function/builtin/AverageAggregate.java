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

/** AVG: of exact numbers a DECIMAL with four more fraction digits. State: sum, count. */
final class AverageAggregate implements AggregateFunction {
  @Override
  public String name() {
    return "avg";
  }

  @Override
  public List<String> aliases() {
    return List.of("mean");
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 1, 1);
    DataType number = Param.number(arguments.get(0));
    if (number.isFloating()) {
      return DataType.FLOAT64;
    }
    DataType exact = Decimals.typeOf(arguments.get(0).isInteger() ? arguments.get(0) : number);
    return Decimals.ofDigits(exact.precision() - exact.scale(), exact.scale() + 4);
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return List.of(Param.number(arguments.get(0)));
  }

  @Override
  public List<DataType> stateTypes(List<DataType> inputs, DataType result) {
    return List.of(SumAggregate.sumType(inputs.get(0)), DataType.INT64);
  }

  @Override
  public int stateCount() {
    return 2;
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new AverageStates(new Sums(inputs.get(0)));
  }

  private record AverageStates(Sums sums) implements Accumulator {
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
        sums.merge(groupOfRow[i], states[0], i, states[1].longAt(i));
      }
    }

    @Override
    public void state(int group, Column[] out, int row) {
      sums.write(group, out[0], row);
      out[1].setLong(row, sums.count(group));
    }

    @Override
    public void result(int group, Column out, int row) {
      sums.writeMean(group, out, row);
    }

    @Override
    public long heapBytes() {
      return sums.heapBytes();
    }
  }
}
