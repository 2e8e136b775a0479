package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.CommonType;
import io.terrane.query.expr.CustomExpr;
import io.terrane.query.expr.Decimals;
import io.terrane.query.expr.VectorExpr;
import io.terrane.query.function.Arguments;
import io.terrane.query.function.ScalarFunction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code in(value, element …)}: true if any element equals the value, NULL if none does but one or
 * the value is NULL. Constants of one comparison type are looked up in a set.
 */
final class InFunction implements ScalarFunction {
  @Override
  public String name() {
    return "in";
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 2, Integer.MAX_VALUE);
    return DataType.BOOLEAN;
  }

  @Override
  public boolean readsTimeZone(List<DataType> arguments, DataType result) {
    for (DataType element : arguments.subList(1, arguments.size())) {
      DataType common = CommonType.toCompare(arguments.get(0), element);
      if (Casts.readsTimeZone(arguments.get(0), common) || Casts.readsTimeZone(element, common)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public VectorExpr compile(ExecutionContext context, List<VectorExpr> arguments, DataType result) {
    VectorExpr value = arguments.get(0);
    List<VectorExpr> elements = arguments.subList(1, arguments.size());
    DataType common = DataType.NULL;
    boolean lookup = true;
    for (VectorExpr element : elements) {
      DataType pair = CommonType.toCompare(value.type(), element.type());
      if (element.constant().isEmpty()) {
        lookup = false;
      } else if (!element.constant().get().isNull()) {
        lookup &= common.kind() == DataType.Kind.NULL || pair.equals(common);
        common = pair;
      }
    }
    if (lookup && common.kind() != DataType.Kind.NULL) {
      return lookup(context, value, elements, common);
    }
    ScalarFunction equal = new Comparison(Comparison.Operation.EQUAL);
    List<VectorExpr> tests = new ArrayList<>();
    for (VectorExpr element : elements) {
      tests.add(equal.compile(context, List.of(value, element), DataType.BOOLEAN));
    }
    return new Logic(Logic.Operation.OR).compile(context, tests, DataType.BOOLEAN);
  }

  private static VectorExpr lookup(
      ExecutionContext context, VectorExpr value, List<VectorExpr> elements, DataType common) {
    List<Datum> constants = new ArrayList<>();
    boolean hasNull = false;

    for (VectorExpr element : elements) {
      Column one = Casts.implicit(context, element, common).evaluate(Batch.ofRows(1));
      hasNull |= one.isNull(0);
      if (!one.isNull(0)) {
        constants.add(one.datumAt(0));
      }
    }
    RowTest test = test(common, constants);
    boolean elementIsNull = hasNull;
    return new CustomExpr(
        DataType.BOOLEAN,
        List.of(Casts.implicit(context, value, common)),
        (columns, out, rows) -> {
          Column in = columns[0];
          for (int i = 0; i < rows; i++) {
            boolean found = !in.isNull(i) && test.contains(in, i);
            out.setBoolean(i, found);
            if (!found && (elementIsNull || in.isNull(i))) {
              out.setNull(i);
            }
          }
        });
  }

  private interface RowTest {
    boolean contains(Column column, int row);
  }

  private static RowTest test(DataType type, List<Datum> constants) {
    return switch (Column.Storage.of(type)) {
      case LONG -> {
        Column column = column(type, constants);
        long[] sorted = Arrays.copyOf(column.longs(), constants.size());
        Arrays.sort(sorted);
        yield (in, row) -> Arrays.binarySearch(sorted, in.longAt(row)) >= 0;
      }
      case DOUBLE -> {
        double[] sorted = Arrays.copyOf(column(type, constants).doubles(), constants.size());
        for (int i = 0; i < sorted.length; i++) {
          sorted[i] += 0.0;
        }
        Arrays.sort(sorted);
        yield (in, row) -> Arrays.binarySearch(sorted, in.doubleAt(row) + 0.0) >= 0;
      }
      case DECIMAL -> {
        Set<Object> values = new HashSet<>();
        constants.forEach(constant -> values.add(constant.value()));
        yield (in, row) -> values.contains(Decimals.fit(in.decimalAt(row), type));
      }
      case BYTES -> {
        Column column = column(type, constants);
        Set<ByteBuffer> values = new HashSet<>();
        for (int i = 0; i < constants.size(); i++) {
          values.add(ByteBuffer.wrap(column.bytesAt(i)));
        }
        yield (in, row) ->
            values.contains(ByteBuffer.wrap(in.bytes(), in.offsets()[row], in.lengthAt(row)));
      }
    };
  }

  private static Column column(DataType type, List<Datum> constants) {
    Column column = new Column(type).reset(constants.size());
    for (int i = 0; i < constants.size(); i++) {
      column.setDatum(i, constants.get(i));
    }
    return column;
  }
}
