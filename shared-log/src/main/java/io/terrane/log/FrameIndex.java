package io.terrane.log;

import java.util.Arrays;

/** Where each frame of a segment begins, four bytes each. Not thread-safe. */
final class FrameIndex {
  private int[] offsets = new int[64];
  private int count;

  void add(int offset) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
    }
    offsets[count++] = offset;
  }

  int count() {
    return count;
  }

  int offset(int number) {
    return offsets[number];
  }
}
