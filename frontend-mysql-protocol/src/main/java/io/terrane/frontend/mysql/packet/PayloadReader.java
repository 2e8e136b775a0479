package io.terrane.frontend.mysql.packet;

import io.netty.buffer.ByteBuf;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the basic types of the protocol from a packet's payload; does not own the buffer. Integers
 * are little-endian. What the payload is too short for is a MALFORMED_PACKET.
 *
 * <p>Source: MySQL internals, "Protocol Basics: Data Types".
 */
public final class PayloadReader {
  private static final int LENGTH_NULL = 0xFB;

  private final ByteBuf payload;

  public PayloadReader(ByteBuf payload) {
    this.payload = payload;
  }

  public int remaining() {
    return payload.readableBytes();
  }

  public boolean isExhausted() {
    return !payload.isReadable();
  }

  public int readUint8() {
    need(1);
    return payload.readUnsignedByte();
  }

  public int readUint16() {
    need(2);
    return payload.readUnsignedShortLE();
  }

  public int readUint24() {
    need(3);
    return payload.readUnsignedMediumLE();
  }

  public int readInt32() {
    need(4);
    return payload.readIntLE();
  }

  public long readUint32() {
    need(4);
    return payload.readUnsignedIntLE();
  }

  public long readInt64() {
    need(8);
    return payload.readLongLE();
  }

  /** A length-encoded integer. */
  public long readLength() {
    int first = readUint8();
    return switch (first) {
      case 0xFC -> readUint16();
      case 0xFD -> readUint24();
      case 0xFE -> readInt64();
      case LENGTH_NULL, 0xFF -> throw malformed("length byte " + first);
      default -> first;
    };
  }

  public byte[] readBytes(long length) {
    if (length < 0) {
      throw malformed("length " + Long.toUnsignedString(length));
    }
    need(length);
    byte[] bytes = new byte[(int) length];
    payload.readBytes(bytes);
    return bytes;
  }

  public byte[] readLengthBytes() {
    return readBytes(readLength());
  }

  public String readLengthString() {
    return new String(readLengthBytes(), StandardCharsets.UTF_8);
  }

  /** Bytes up to a zero byte, which is passed; without one, all that is left. */
  public byte[] readNulBytes() {
    int length = payload.bytesBefore((byte) 0);
    if (length < 0) {
      return readRest();
    }
    byte[] bytes = readBytes(length);
    payload.skipBytes(1);
    return bytes;
  }

  public String readNulString() {
    return new String(readNulBytes(), StandardCharsets.UTF_8);
  }

  public byte[] readRest() {
    return readBytes(remaining());
  }

  public String readRestString() {
    return new String(readRest(), StandardCharsets.UTF_8);
  }

  public void skip(int length) {
    need(length);
    payload.skipBytes(length);
  }

  private void need(long length) {
    if (payload.readableBytes() < length) {
      throw malformed("it ends " + (length - payload.readableBytes()) + " bytes early");
    }
  }

  private static TerraneException malformed(String why) {
    return new TerraneException(
        ErrorCode.MALFORMED_PACKET, "Malformed communication packet: " + why);
  }
}
