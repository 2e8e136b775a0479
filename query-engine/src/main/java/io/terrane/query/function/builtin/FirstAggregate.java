package io.terrane.query.function.builtin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import java.util.List;

/** Aggregates that pick one row's value: FIRST_VALUE, LAST_VALUE, ANY_VALUE, SINGLE_VALUE. */
record FirstAggregate(String name, Pick pick) implements AggregateFunction {
  /** Which row. */
  enum Pick {
    FIRST,
    LAST,
    /** Any that is not NULL if there is one. */
    ANY,
    /** The only one; a second row is SUBQUERY_RETURNED_MANY_ROWS. */
    ONLY
  }

  static List<AggregateFunction> all() {
    return List.of(
        new FirstAggregate("any_value", Pick.ANY),
        new FirstAggregate("first_value", Pick.FIRST),
        new FirstAggregate("last_value", Pick.LAST),
        new FirstAggregate("single_value", Pick.ONLY));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name, arguments, 1, 1);
    return arguments.get(0);
  }

  /** Which row comes first is only known where all rows meet. */
  @Override
  public boolean isSplittable() {
    return pick == Pick.ANY;
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Picked(pick, new ValueStates(inputs.get(0)));
  }

  private record Picked(Pick pick, ValueStates values) implements Accumulator {
    @Override
    public void grow(int groups) {
      values.grow(groups);
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group >= 0 && takes(group)) {
          values.set(group, arguments[0], i);
        }
      }
    }

    private boolean takes(int group) {
      return switch (pick) {
        case FIRST -> !values.isSet(group);
        case LAST -> true;
        case ANY -> !values.hasValue(group);
        case ONLY -> {
          if (values.isSet(group)) {
            throw new TerraneException(
                ErrorCode.SUBQUERY_RETURNED_MANY_ROWS, "Subquery returns more than 1 row");
          }
          yield true;
        }
      };
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      add(states, groupOfRow, rows);
    }

    @Override
    public void state(int group, Column[] out, int row) {
      values.write(group, out[0], row);
    }

    @Override
    public void result(int group, Column out, int row) {
      values.write(group, out, row);
    }

    @Override
    public long heapBytes() {
      return values.heapBytes();
    }
  }
}
