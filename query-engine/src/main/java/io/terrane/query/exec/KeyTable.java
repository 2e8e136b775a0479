package io.terrane.query.exec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Distinct encoded keys, numbered from 0 in the order of their first appearance: open addressing
 * with linear probing over the keys' bytes, which lie end to end. At most {@value #BYTES_MAX} bytes
 * of keys. One thread.
 */
final class KeyTable implements AutoCloseable {
  private static final int BYTES_MAX = 1 << 30;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final MemoryAccount account;
  private int[] slots = new int[256];
  private int[] hashes = new int[64];
  private int[] ends = new int[65];
  private byte[] keys = new byte[1024];
  private int size;

  KeyTable(MemoryAccount account) {
    this.account = account;
  }

  int size() {
    return size;
  }

  /** The number of a key, or -1. */
  int find(byte[] data, int from, int to) {
    int hash = hash(data, from, to);
    int mask = slots.length - 1;
    for (int slot = hash & mask; ; slot = slot + 1 & mask) {
      int entry = slots[slot] - 1;
      if (entry < 0 || isKey(entry, hash, data, from, to)) {
        return entry;
      }
    }
  }

  /** The number of a key, which is the former {@link #size} if it is new. */
  int findOrAdd(byte[] data, int from, int to) {
    int hash = hash(data, from, to);
    int mask = slots.length - 1;
    for (int slot = hash & mask; ; slot = slot + 1 & mask) {
      int entry = slots[slot] - 1;
      if (entry < 0) {
        slots[slot] = size + 1;
        add(hash, data, from, to);
        return size - 1;
      }
      if (isKey(entry, hash, data, from, to)) {
        return entry;
      }
    }
  }

  private boolean isKey(int entry, int hash, byte[] data, int from, int to) {
    return hashes[entry] == hash
        && Arrays.equals(keys, ends[entry], ends[entry + 1], data, from, to);
  }

  private void add(int hash, byte[] data, int from, int to) {
    int start = ends[size];
    int length = to - from;
    if (keys.length - start < length) {
      if (start > BYTES_MAX - length) {
        throw new org.apache.arrow.memory.OutOfMemoryException(
            "keys take more than " + BYTES_MAX + " bytes");
      }
      int wanted = Math.max(start + length, (int) Math.min(2L * keys.length, BYTES_MAX));
      hold(wanted, hashes.length, slots.length);
      keys = Arrays.copyOf(keys, wanted);
    }
    System.arraycopy(data, from, keys, start, length);
    if (size == hashes.length) {
      hold(keys.length, 2L * size, slots.length);
      hashes = Arrays.copyOf(hashes, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size + 1);
    }
    hashes[size] = hash;
    ends[size + 1] = start + length;
    size++;
    if (2L * size > slots.length) {
      rehash();
    }
  }

  private void rehash() {
    hold(keys.length, hashes.length, 4L * slots.length);
    int[] wider = new int[4 * slots.length];
    int mask = wider.length - 1;
    for (int entry = 0; entry < size; entry++) {
      int slot = hashes[entry] & mask;
      while (wider[slot] != 0) {
        slot = slot + 1 & mask;
      }
      wider[slot] = entry + 1;
    }
    slots = wider;
  }

  private void hold(long keyBytes, long entries, long slotCount) {
    account.hold(keyBytes + 8 * entries + 4 * slotCount);
  }

  static int hash(byte[] data, int from, int to) {
    long hash = 0x9e3779b97f4a7c15L ^ (to - from);
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = mix(hash ^ (long) LONGS.get(data, at));
    }
    long rest = 0;
    for (; at < to; at++) {
      rest = rest << 8 | (data[at] & 0xff);
    }
    return (int) (mix(hash ^ rest) >>> 32);
  }

  private static long mix(long value) {
    long mixed = value * 0xff51afd7ed558ccdL;
    mixed ^= mixed >>> 32;
    mixed *= 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 29;
  }

  @Override
  public void close() {
    account.close();
  }
}
