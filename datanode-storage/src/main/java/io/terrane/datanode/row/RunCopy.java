package io.terrane.datanode.row;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/** Copies runs of rows of one column behind each other into a vector, block by block. */
final class RunCopy {
  private static final int OFFSET_BYTES = 4;

  private RunCopy() {}

  /**
   * Replaces {@code target}, which is of the sources' type.
   *
   * @param rows the sum of {@code counts}
   */
  static void copy(
      FieldVector[][] sources,
      int place,
      int[] firsts,
      int[] counts,
      int runs,
      int rows,
      FieldVector target) {
    if (target instanceof BaseFixedWidthVector fixed) {
      fixed.allocateNew(Math.max(1, rows));
      int at = 0;
      for (int i = 0; i < runs; i++) {
        FieldVector source = sources[i][place];
        values(source, firsts[i], counts[i], fixed, at);
        bits(source.getValidityBuffer(), firsts[i], counts[i], fixed.getValidityBuffer(), at);
        at += counts[i];
      }
    } else if (target instanceof BaseVariableWidthVector variable) {
      variable(sources, place, firsts, counts, runs, rows, variable);
    } else {
      target.setInitialCapacity(Math.max(1, rows));
      target.allocateNew();
      int at = 0;
      for (int i = 0; i < runs; i++) {
        for (int k = 0; k < counts[i]; k++) {
          target.copyFromSafe(firsts[i] + k, at++, sources[i][place]);
        }
      }
    }
    target.setValueCount(rows);
  }

  private static void values(
      FieldVector source, int first, int count, BaseFixedWidthVector target, int at) {
    ArrowBuf from = source.getDataBuffer();
    if (target instanceof BitVector) {
      bits(from, first, count, target.getDataBuffer(), at);
      return;
    }
    long width = target.getTypeWidth();
    target.getDataBuffer().setBytes(at * width, from, first * width, count * width);
  }

  private static void variable(
      FieldVector[][] sources,
      int place,
      int[] firsts,
      int[] counts,
      int runs,
      int rows,
      BaseVariableWidthVector target) {
    long bytes = 0;
    for (int i = 0; i < runs; i++) {
      ArrowBuf offsets = sources[i][place].getOffsetBuffer();
      bytes += offset(offsets, firsts[i] + counts[i]) - offset(offsets, firsts[i]);
    }
    target.allocateNew(bytes, Math.max(1, rows));
    ArrowBuf targetOffsets = target.getOffsetBuffer();
    int at = 0;
    int end = 0;
    targetOffsets.setInt(0, 0);
    for (int i = 0; i < runs; i++) {
      FieldVector source = sources[i][place];
      ArrowBuf offsets = source.getOffsetBuffer();
      int start = offset(offsets, firsts[i]);
      int length = offset(offsets, firsts[i] + counts[i]) - start;
      target.getDataBuffer().setBytes(end, source.getDataBuffer(), start, length);
      moveOffsets(offsets, firsts[i], counts[i], end - start, targetOffsets, at);
      bits(source.getValidityBuffer(), firsts[i], counts[i], target.getValidityBuffer(), at);
      at += counts[i];
      end += length;
    }
    target.setLastSet(rows - 1);
  }

  /** The ends of {@code count} rows, shifted by {@code by}. */
  private static void moveOffsets(
      ArrowBuf source, int first, int count, int by, ArrowBuf target, int at) {
    long from = address(source, (first + 1L) * OFFSET_BYTES, (long) count * OFFSET_BYTES);
    long to = address(target, (at + 1L) * OFFSET_BYTES, (long) count * OFFSET_BYTES);
    for (int k = 0; k < count; k++) {
      long place = (long) k * OFFSET_BYTES;
      MemoryUtil.putInt(to + place, MemoryUtil.getInt(from + place) + by);
    }
  }

  /** Of a part of a buffer, checked once, so that loops over it need no checks. */
  private static long address(ArrowBuf buffer, long from, long bytes) {
    buffer.checkBytes(from, from + bytes);
    return buffer.memoryAddress() + from;
  }

  private static int offset(ArrowBuf offsets, int row) {
    return offsets.getInt((long) OFFSET_BYTES * row);
  }

  /** Copies bits; those of {@code target} from {@code at} on are zero before. */
  static void bits(ArrowBuf source, int first, int count, ArrowBuf target, int at) {
    int done = 0;
    while (done < count && ((at + done) & 7) != 0) {
      bit(source, first + done, target, at + done);
      done++;
    }
    int shift = (first + done) & 7;
    int whole = (count - done) / 8;
    if (whole > 0) {
      long from = address(source, (first + done) >> 3, shift == 0 ? whole : whole + 1L);
      long to = address(target, (at + done) >> 3, whole);
      for (int i = 0; i < whole; i++) {
        int low = (MemoryUtil.getByte(from + i) & 0xff) >>> shift;
        int high = shift == 0 ? 0 : MemoryUtil.getByte(from + i + 1) << (8 - shift);
        MemoryUtil.putByte(to + i, (byte) (low | high));
      }
      done += 8 * whole;
    }
    while (done < count) {
      bit(source, first + done, target, at + done);
      done++;
    }
  }

  private static void bit(ArrowBuf source, int from, ArrowBuf target, int to) {
    int bit = (source.getByte(from >> 3) >> (from & 7)) & 1;
    target.setByte(to >> 3, target.getByte(to >> 3) | (bit << (to & 7)));
  }
}
