package io.terrane.datanode.wal;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** What is written to it, in one array. One thread. */
final class PlainBytes implements WritableByteChannel {
  private byte[] bytes = new byte[0];
  private int size;

  /** Makes room for so many more bytes at once. */
  void ensureRoom(long more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(size + more, 2L * bytes.length)));
    }
  }

  /** Holds {@link #size} bytes; what lies behind means nothing. */
  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  @Override
  public int write(ByteBuffer source) {
    int length = source.remaining();
    ensureRoom(length);
    source.get(bytes, size, length);
    size += length;
    return length;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
