package io.terrane.query.function.builtin;

import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * GROUP_CONCAT(text [, separator]) and STRING_AGG: texts joined, NULLs left out, NULL of none. The
 * separator is taken from each row (a comma if not given) and stands before its text.
 */
final class ConcatAggregate implements AggregateFunction {
  private static final byte[] COMMA = ",".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return "group_concat";
  }

  @Override
  public List<String> aliases() {
    return List.of("string_agg", "listagg");
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name(), arguments, 1, 2);
    return DataType.STRING;
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return arguments.stream().map(type -> DataType.STRING).toList();
  }

  /** The order of parts is not known. */
  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Texts();
  }

  private static final class Texts implements Accumulator {
    private byte[][] texts = {};
    private int[] lengths = {};
    private long bytes;

    @Override
    public void grow(int groups) {
      if (texts.length < groups) {
        int size = Math.max(groups, 2 * texts.length);
        texts = Arrays.copyOf(texts, size);
        lengths = Arrays.copyOf(lengths, size);
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group < 0 || arguments[0].isNull(i)) {
          continue;
        }
        if (texts[group] == null) {
          texts[group] = new byte[Math.max(16, arguments[0].lengthAt(i))];
          bytes += texts[group].length;
        } else if (arguments.length == 1) {
          append(group, COMMA, 0, COMMA.length);
        } else if (!arguments[1].isNull(i)) {
          append(group, arguments[1], i);
        }
        append(group, arguments[0], i);
      }
    }

    private void append(int group, Column from, int row) {
      append(group, from.bytes(), from.offsets()[row], from.lengthAt(row));
    }

    private void append(int group, byte[] source, int from, int length) {
      int end = Math.addExact(lengths[group], length);
      if (texts[group].length < end) {
        bytes -= texts[group].length;
        texts[group] =
            Arrays.copyOf(texts[group], Math.max(end, (int) Math.min(2L * end, 1 << 30)));
        bytes += texts[group].length;
      }
      System.arraycopy(source, from, texts[group], lengths[group], length);
      lengths[group] = end;
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      throw new IllegalStateException("group_concat is not split");
    }

    @Override
    public void state(int group, Column[] out, int row) {
      throw new IllegalStateException("group_concat is not split");
    }

    @Override
    public void result(int group, Column out, int row) {
      if (texts[group] == null) {
        out.setNull(row);
      } else {
        out.setBytes(row, texts[group], 0, lengths[group]);
      }
    }

    @Override
    public long heapBytes() {
      return 24L * texts.length + bytes;
    }
  }
}
