package io.terrane.frontend.mysql.packet;

import io.netty.buffer.ByteBuf;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the basic types of the protocol, one behind the other, into an array of its own, which
 * grows as needed and is used again for the next payload. Not thread-safe.
 *
 * <p>Source: MySQL internals, "Protocol Basics: Data Types".
 */
public final class PayloadWriter {
  private static final int BYTES_FIRST = 1 << 10;

  /** A longer array is not kept from one answer to the next. */
  private static final int BYTES_KEPT = 1 << 13;

  /** A longer array is not even kept from one payload to the next. */
  private static final int BYTES_KEPT_IN_ANSWER = 1 << 20;

  /** What arrays can hold on every JVM. */
  private static final int BYTES_MAX = Integer.MAX_VALUE - 8;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] array = new byte[BYTES_FIRST];
  private int size;

  /** Forgets what was written. */
  public void clear() {
    clear(BYTES_KEPT_IN_ANSWER);
  }

  /** Forgets what was written, and gives back what an idle connection should not hold. */
  void rest() {
    clear(BYTES_KEPT);
  }

  private void clear(int bytesKept) {
    size = 0;
    if (array.length > bytesKept) {
      array = new byte[BYTES_FIRST];
    }
  }

  /** How many bytes were written: where the next one goes. */
  public int size() {
    return size;
  }

  /** Appends a part of what was written to a buffer. */
  public void copyTo(ByteBuf out, int from, int length) {
    out.writeBytes(array, from, length);
  }

  public PayloadWriter writeUint8(int value) {
    int at = reserve(1);
    array[at] = (byte) value;
    return this;
  }

  public PayloadWriter writeUint16(int value) {
    int at = reserve(Short.BYTES);
    SHORTS.set(array, at, (short) value);
    return this;
  }

  public PayloadWriter writeInt32(int value) {
    int at = reserve(Integer.BYTES);
    INTS.set(array, at, value);
    return this;
  }

  public PayloadWriter writeInt64(long value) {
    int at = reserve(Long.BYTES);
    LONGS.set(array, at, value);
    return this;
  }

  /** A length-encoded integer; {@code value} is taken as unsigned. */
  public PayloadWriter writeLength(long value) {
    if (value >= 0 && value < 0xFB) {
      return writeUint8((int) value);
    } else if (value >= 0 && value <= 0xFFFF) {
      return writeUint8(0xFC).writeUint16((int) value);
    } else if (value >= 0 && value <= 0xFF_FFFF) {
      return writeUint8(0xFD).writeUint16((int) value).writeUint8((int) (value >> 16));
    }
    return writeUint8(0xFE).writeInt64(value);
  }

  /** NULL in the place of a length-encoded string. */
  public PayloadWriter writeNull() {
    return writeUint8(0xFB);
  }

  public PayloadWriter writeBytes(byte[] bytes) {
    return writeBytes(bytes, 0, bytes.length);
  }

  public PayloadWriter writeBytes(byte[] bytes, int offset, int length) {
    int at = reserve(length);
    System.arraycopy(bytes, offset, array, at, length);
    return this;
  }

  /** What {@code other} has been given so far. */
  public PayloadWriter writeBytes(PayloadWriter other) {
    return writeBytes(other.array, 0, other.size);
  }

  /** What remains of {@code source}. */
  public PayloadWriter writeBytes(ByteBuffer source) {
    int length = source.remaining();
    source.get(array(length), size, length);
    size += length;
    return this;
  }

  public PayloadWriter writeString(String text) {
    return writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public PayloadWriter writeNulString(String text) {
    return writeString(text).writeUint8(0);
  }

  public PayloadWriter writeLengthBytes(byte[] bytes) {
    return writeLength(bytes.length).writeBytes(bytes);
  }

  public PayloadWriter writeLengthString(String text) {
    return writeLengthBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public PayloadWriter writeZeros(int count) {
    int at = reserve(count);
    Arrays.fill(array, at, at + count, (byte) 0);
    return this;
  }

  /** Sets bits of a byte written before, for bitmaps that are filled in later. */
  public void orUint8At(int position, int bits) {
    array[position] |= (byte) bits;
  }

  /**
   * Counts bytes as written that the caller puts into {@link #array()} right away.
   *
   * @return the place of the first of them
   */
  public int reserve(int length) {
    int at = size;
    array(length);
    size = at + length;
    return at;
  }

  /** Where {@link #reserve reserved} bytes go; another array may take its place with each write. */
  public byte[] array() {
    return array;
  }

  /** The array, with room for so many bytes more. */
  private byte[] array(int more) {
    if (array.length - size < more) {
      if (more > BYTES_MAX - size) {
        throw new TerraneException(
            ErrorCode.PACKET_TOO_LARGE,
            "Result of more than " + BYTES_MAX + " bytes in one packet");
      }
      array =
          Arrays.copyOf(array, (int) Math.min(Math.max(2L * array.length, size + more), BYTES_MAX));
    }
    return array;
  }
}
