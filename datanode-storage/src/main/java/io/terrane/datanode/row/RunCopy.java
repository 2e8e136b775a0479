package io.terrane.datanode.row;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;

/**
 * Copies runs of rows of one column behind each other into a vector. Each run is checked against
 * the bounds of its source once; the loops go over plain addresses, as runs are often a row long.
 */
final class RunCopy {
  private static final int OFFSET_BYTES = 4;

  /** Shorter pieces are copied by a loop: the call of a block copy takes longer. */
  private static final int LOOP_BYTES_MAX = 64;

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
      boolean bits = target instanceof BitVector;
      long values = fixed.getDataBufferAddress();
      long validity = fixed.getValidityBufferAddress();
      int width = fixed.getTypeWidth();
      int at = 0;
      for (int i = 0; i < runs; i++) {
        FieldVector source = sources[i][place];
        if (bits) {
          bits(source.getDataBuffer(), firsts[i], counts[i], values, at);
        } else {
          values(source.getDataBuffer(), firsts[i], counts[i], width, values + (long) at * width);
        }
        bits(source.getValidityBuffer(), firsts[i], counts[i], validity, at);
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

  private static void values(ArrowBuf source, int first, int count, int width, long target) {
    long bytes = (long) count * width;
    block(address(source, (long) first * width, bytes), target, bytes);
  }

  private static void block(long from, long to, long bytes) {
    if (bytes > LOOP_BYTES_MAX) {
      MemoryUtil.copyMemory(from, to, bytes);
      return;
    }
    long done = 0;
    for (; done + Long.BYTES <= bytes; done += Long.BYTES) {
      MemoryUtil.putLong(to + done, MemoryUtil.getLong(from + done));
    }
    for (; done < bytes; done++) {
      MemoryUtil.putByte(to + done, MemoryUtil.getByte(from + done));
    }
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
      if (counts[i] > 0) {
        long offsets = offsets(sources[i][place], firsts[i], counts[i]);
        bytes += offset(offsets, counts[i]) - offset(offsets, 0);
      }
    }
    target.allocateNew(bytes, Math.max(1, rows));
    long targetOffsets = target.getOffsetBufferAddress();
    long targetValues = target.getDataBufferAddress();
    long validity = target.getValidityBufferAddress();
    int at = 0;
    int end = 0;
    MemoryUtil.putInt(targetOffsets, 0);
    for (int i = 0; i < runs; i++) {
      FieldVector source = sources[i][place];
      int count = counts[i];
      if (count == 0) {
        continue;
      }
      long offsets = offsets(source, firsts[i], count);
      int start = offset(offsets, 0);
      int length = offset(offsets, count) - start;
      block(address(source.getDataBuffer(), start, length), targetValues + end, length);
      for (int k = 1; k <= count; k++) {
        MemoryUtil.putInt(
            targetOffsets + (long) (at + k) * OFFSET_BYTES, offset(offsets, k) + end - start);
      }
      bits(source.getValidityBuffer(), firsts[i], count, validity, at);
      at += count;
      end += length;
    }
    target.setLastSet(rows - 1);
  }

  /** Where the offsets of {@code count} values begin. */
  private static long offsets(FieldVector source, int first, int count) {
    return address(
        source.getOffsetBuffer(), (long) first * OFFSET_BYTES, (count + 1L) * OFFSET_BYTES);
  }

  private static int offset(long offsets, int row) {
    return MemoryUtil.getInt(offsets + (long) row * OFFSET_BYTES);
  }

  /** Of a part of a buffer, checked once, so that loops over it need no checks. */
  private static long address(ArrowBuf buffer, long from, long bytes) {
    if (from < 0 || bytes < 0 || from + bytes > buffer.capacity()) {
      throw new IndexOutOfBoundsException(
          bytes + " bytes from " + from + " on of a buffer of " + buffer.capacity());
    }
    return buffer.memoryAddress() + from;
  }

  /** Copies bits; those of {@code target} from {@code at} on are zero before. */
  private static void bits(ArrowBuf buffer, int first, int count, long target, int at) {
    if (count == 0) {
      return;
    }
    int head = first >> 3;
    // From the byte of the first bit on, so that positions below are small.
    long source = address(buffer, head, ((first + count + 7L) >> 3) - head);
    int from = first & 7;
    int done = 0;
    while (done < count && ((at + done) & 7) != 0) {
      bit(source, from + done, target, at + done);
      done++;
    }
    int shift = (from + done) & 7;
    int whole = (count - done) / 8;
    if (whole > 0) {
      long low = source + ((from + done) >> 3);
      long to = target + ((at + done) >> 3);
      for (int i = 0; i < whole; i++) {
        int bits = (MemoryUtil.getByte(low + i) & 0xff) >>> shift;
        int high = shift == 0 ? 0 : MemoryUtil.getByte(low + i + 1) << (8 - shift);
        MemoryUtil.putByte(to + i, (byte) (bits | high));
      }
      done += 8 * whole;
    }
    while (done < count) {
      bit(source, from + done, target, at + done);
      done++;
    }
  }

  private static void bit(long source, int from, long target, int to) {
    int bit = (MemoryUtil.getByte(source + (from >> 3)) >> (from & 7)) & 1;
    long place = target + (to >> 3);
    MemoryUtil.putByte(place, (byte) (MemoryUtil.getByte(place) | (bit << (to & 7))));
  }
}
