package io.terrane.frontend.mysql.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes the basic types of the protocol behind what a buffer holds already; does not own it.
 *
 * <p>Source: MySQL internals, "Protocol Basics: Data Types".
 */
public final class PayloadWriter {
  private final ByteBuf out;

  public PayloadWriter(ByteBuf out) {
    this.out = out;
  }

  public PayloadWriter writeUint8(int value) {
    out.writeByte(value);
    return this;
  }

  public PayloadWriter writeUint16(int value) {
    out.writeShortLE(value);
    return this;
  }

  public PayloadWriter writeInt32(int value) {
    out.writeIntLE(value);
    return this;
  }

  public PayloadWriter writeInt64(long value) {
    out.writeLongLE(value);
    return this;
  }

  /** A length-encoded integer; {@code value} is taken as unsigned. */
  public PayloadWriter writeLength(long value) {
    if (value >= 0 && value < 0xFB) {
      out.writeByte((int) value);
    } else if (value >= 0 && value <= 0xFFFF) {
      out.writeByte(0xFC).writeShortLE((int) value);
    } else if (value >= 0 && value <= 0xFF_FFFF) {
      out.writeByte(0xFD).writeMediumLE((int) value);
    } else {
      out.writeByte(0xFE).writeLongLE(value);
    }
    return this;
  }

  /** NULL in the place of a length-encoded string. */
  public PayloadWriter writeNull() {
    out.writeByte(0xFB);
    return this;
  }

  public PayloadWriter writeBytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public PayloadWriter writeBytes(byte[] bytes, int offset, int length) {
    out.writeBytes(bytes, offset, length);
    return this;
  }

  /** {@code length} bytes of {@code source} from {@code offset} on. */
  public PayloadWriter writeBytes(ByteBuf source, int offset, int length) {
    out.writeBytes(source, offset, length);
    return this;
  }

  /** What remains of {@code source}. */
  public PayloadWriter writeBytes(ByteBuffer source) {
    out.writeBytes(source);
    return this;
  }

  public PayloadWriter writeString(String text) {
    out.writeCharSequence(text, StandardCharsets.UTF_8);
    return this;
  }

  public PayloadWriter writeNulString(String text) {
    return writeString(text).writeUint8(0);
  }

  public PayloadWriter writeLengthBytes(byte[] bytes) {
    return writeLength(bytes.length).writeBytes(bytes);
  }

  public PayloadWriter writeLengthString(String text) {
    writeLength(ByteBufUtil.utf8Bytes(text));
    return writeString(text);
  }

  public PayloadWriter writeZeros(int count) {
    out.writeZero(count);
    return this;
  }

  /** Where the next byte goes; with {@link #orUint8At} for bitmaps that are filled in later. */
  public int position() {
    return out.writerIndex();
  }

  /** Sets bits of a byte written before. */
  public void orUint8At(int position, int bits) {
    out.setByte(position, out.getByte(position) | bits);
  }
}
