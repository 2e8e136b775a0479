package io.terrane.query.exec;

import io.terrane.api.table.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Copies of rows between Arrow vectors, and schemas of results. */
final class Vectors {
  /** Shift for {@link #gather} when all rows lie in one vector. */
  static final int ONE_CHUNK = 31;

  private Vectors() {}

  static Schema schema(List<String> names, List<DataType> types) {
    if (names.size() != types.size()) {
      throw new IllegalArgumentException(
          names.size() + " names for " + types.size() + " columns: " + names);
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(types.get(i).arrowField(names.get(i), true));
    }
    return new Schema(fields);
  }

  /** Replaces {@code to} by the rows at {@code rows} of {@code from}. */
  static void gather(VectorSchemaRoot from, int[] rows, int count, VectorSchemaRoot to) {
    for (int i = 0; i < to.getFieldVectors().size(); i++) {
      gather(new FieldVector[] {from.getVector(i)}, ONE_CHUNK, rows, count, to.getVector(i));
    }
    to.setRowCount(count);
  }

  /**
   * Replaces {@code to} by rows of a chunked column: row {@code r} is in chunk {@code r >> shift};
   * a negative row gives NULL.
   */
  static void gather(FieldVector[] chunks, int shift, int[] rows, int count, FieldVector to) {
    int mask = (int) ((1L << shift) - 1);
    if (to instanceof BaseFixedWidthVector fixed && !(to instanceof BitVector)) {
      gatherFixed(chunks, shift, mask, rows, count, fixed);
    } else if (to instanceof BaseVariableWidthVector variable) {
      VariableWidth.gather(chunks, shift, mask, rows, count, variable);
    } else if (!(to instanceof NullVector)) {
      to.setInitialCapacity(Math.max(count, 1));
      to.allocateNew();
      for (int i = 0; i < count; i++) {
        int row = rows[i];
        if (row >= 0) {
          to.copyFromSafe(row & mask, i, chunks[row >> shift]);
        }
      }
    }
    to.setValueCount(count);
  }

  /**
   * Writes rows of {@code source} behind the {@code at} rows that {@code target} has.
   *
   * @param selected the rows; null for those from {@code from} on
   * @param from first index into {@code selected}, or first row
   */
  static void append(
      FieldVector source, int[] selected, int from, int count, FieldVector target, int at) {
    if (target instanceof BaseFixedWidthVector fixed && !(target instanceof BitVector)) {
      appendFixed(source, selected, from, count, fixed, at);
    } else if (target instanceof BaseVariableWidthVector variable) {
      VariableWidth.append((BaseVariableWidthVector) source, selected, from, count, variable, at);
    } else if (!(target instanceof NullVector)) {
      for (int i = 0; i < count; i++) {
        target.copyFromSafe(selected == null ? from + i : selected[from + i], at + i, source);
      }
    }
    target.setValueCount(at + count);
  }

  private static void appendFixed(
      FieldVector source,
      int[] selected,
      int from,
      int count,
      BaseFixedWidthVector target,
      int at) {
    while (target.getValueCapacity() < at + count) {
      target.reAlloc();
    }
    int width = target.getTypeWidth();
    long sourceAt = source.getDataBuffer().memoryAddress();
    long targetAt = target.getDataBuffer().memoryAddress() + (long) at * width;
    if (selected == null) {
      MemoryUtil.copyMemory(sourceAt + (long) from * width, targetAt, (long) count * width);
    } else {
      for (int i = 0; i < count; i++) {
        long row = sourceAt + (long) selected[from + i] * width;
        if (width == 8) {
          MemoryUtil.putLong(targetAt + 8L * i, MemoryUtil.getLong(row));
        } else {
          MemoryUtil.copyMemory(row, targetAt + (long) width * i, width);
        }
      }
    }
    appendValidity(source, selected, from, count, target.getValidityBuffer(), at);
  }

  static void appendValidity(
      FieldVector source, int[] selected, int from, int count, ArrowBuf validity, int at) {
    boolean nullable = source.getNullCount() > 0;
    if (!nullable) {
      setBits(validity, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      int row = selected == null ? from + i : selected[from + i];
      if (source.isNull(row)) {
        BitVectorHelper.unsetBit(validity, at + i);
      } else {
        BitVectorHelper.setBit(validity, at + i);
      }
    }
  }

  private static void setBits(ArrowBuf bits, int from, int count) {
    int at = from;
    int end = from + count;
    while (at < end && (at & 7) != 0) {
      BitVectorHelper.setBit(bits, at++);
    }
    int whole = (end - at) / 8;
    bits.setOne(at / 8, whole);
    for (at += 8 * whole; at < end; at++) {
      BitVectorHelper.setBit(bits, at);
    }
  }

  /** Sets the bits of rows that are there and not NULL; all of {@code validity} is 0 before. */
  static void gatherValidity(
      FieldVector[] chunks, int shift, int mask, int[] rows, int count, ArrowBuf validity) {
    boolean[] nullable = new boolean[chunks.length];
    boolean anyNullable = false;
    for (int i = 0; i < chunks.length; i++) {
      nullable[i] = chunks[i].getNullCount() > 0;
      anyNullable |= nullable[i];
    }
    validity.checkBytes(0, (count + 7) / 8);
    long bytes = validity.memoryAddress();
    for (int from = 0; from < count; from += 8) {
      int bits = 0;
      for (int i = from; i < Math.min(count, from + 8); i++) {
        int row = rows[i];
        boolean isNull =
            row < 0
                || (anyNullable
                    && nullable[row >> shift]
                    && chunks[row >> shift].isNull(row & mask));
        bits |= (isNull ? 0 : 1) << (i - from);
      }
      MemoryUtil.putByte(bytes + (from >> 3), (byte) bits);
    }
  }

  private static void gatherFixed(
      FieldVector[] chunks, int shift, int mask, int[] rows, int count, BaseFixedWidthVector to) {
    to.allocateNew(count);
    if (count == 0) {
      return;
    }
    int width = to.getTypeWidth();
    ArrowBuf validity = to.getValidityBuffer();
    to.getDataBuffer().checkBytes(0, (long) width * count);
    long target = to.getDataBuffer().memoryAddress();
    long[] sources = new long[chunks.length];
    for (int i = 0; i < chunks.length; i++) {
      sources[i] = chunks[i].getDataBuffer().memoryAddress();
    }
    gatherValidity(chunks, shift, mask, rows, count, validity);
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      if (row < 0) {
        continue;
      }
      int chunk = row >> shift;
      int index = row & mask;
      long from = sources[chunk] + (long) index * width;
      if (width == 8) {
        MemoryUtil.putLong(target + 8L * i, MemoryUtil.getLong(from));
      } else if (width == 4) {
        MemoryUtil.putInt(target + 4L * i, MemoryUtil.getInt(from));
      } else {
        MemoryUtil.copyMemory(from, target + (long) width * i, width);
      }
    }
  }
}
