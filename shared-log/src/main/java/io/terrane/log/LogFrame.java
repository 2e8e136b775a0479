package io.terrane.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The bytes of one record in a segment of the local log; the format is in the package's
 * description. Buffers are read by absolute index, their positions stay.
 */
final class LogFrame {
  static final int PREFIX_BYTES = 8;
  private static final int FIXED_BODY_BYTES = 8 + 8 + 2;
  private static final int BODY_BYTES_MAX = LogRecord.SIZE_MAX + (1 << 20);

  private LogFrame() {}

  static int size(LogRecord record) {
    int size = PREFIX_BYTES + FIXED_BODY_BYTES + record.value().length;
    for (Map.Entry<String, byte[]> header : record.headers().entrySet()) {
      size += 2 + name(header).length + 4 + header.getValue().length;
    }
    return size;
  }

  /** Writes at the buffer's position and moves it behind the frame. */
  static void write(ByteBuffer buffer, long position, long durable, LogRecord record) {
    int at = buffer.position();
    buffer.position(at + PREFIX_BYTES);
    buffer.putLong(position).putLong(durable).putShort((short) record.headers().size());
    for (Map.Entry<String, byte[]> header : record.headers().entrySet()) {
      byte[] name = name(header);
      buffer.putShort((short) name.length).put(name);
      buffer.putInt(header.getValue().length).put(header.getValue());
    }
    buffer.put(record.value());
    int length = buffer.position() - at - PREFIX_BYTES;
    buffer.putInt(at, length);
    buffer.putInt(at + 4, crc(buffer, at + PREFIX_BYTES, length));
  }

  /** Index behind the frame of {@code position} at {@code at}, or -1 if there is no whole one. */
  static int end(ByteBuffer bytes, int at, long position) {
    return isIntact(bytes, at) && position(bytes, at) == position
        ? at + PREFIX_BYTES + bytes.getInt(at)
        : -1;
  }

  /** Cheap checks come first, since this is asked at every byte behind a damaged frame. */
  static boolean isIntact(ByteBuffer bytes, int at) {
    if (bytes.limit() - at < PREFIX_BYTES + FIXED_BODY_BYTES) {
      return false;
    }
    int length = bytes.getInt(at);
    return length >= FIXED_BODY_BYTES
        && length <= BODY_BYTES_MAX
        && length <= bytes.limit() - at - PREFIX_BYTES
        && bytes.getInt(at + 4) == crc(bytes, at + PREFIX_BYTES, length);
  }

  static long position(ByteBuffer bytes, int at) {
    return bytes.getLong(at + PREFIX_BYTES);
  }

  static long durable(ByteBuffer bytes, int at) {
    return bytes.getLong(at + PREFIX_BYTES + 8);
  }

  /** The record of an intact frame. */
  static LogEntry read(ByteBuffer bytes, int at) {
    ByteBuffer body = bytes.slice(at + PREFIX_BYTES, bytes.getInt(at));
    long position = body.getLong();
    body.getLong();
    int headerCount = Short.toUnsignedInt(body.getShort());
    Map<String, byte[]> headers = new HashMap<>();
    for (int i = 0; i < headerCount; i++) {
      byte[] name = take(body, Short.toUnsignedInt(body.getShort()));
      headers.put(new String(name, StandardCharsets.UTF_8), take(body, body.getInt()));
    }
    return new LogEntry(position, new LogRecord(headers, take(body, body.remaining())));
  }

  private static byte[] take(ByteBuffer body, int length) {
    byte[] bytes = new byte[length];
    body.get(bytes);
    return bytes;
  }

  private static byte[] name(Map.Entry<String, byte[]> header) {
    return header.getKey().getBytes(StandardCharsets.UTF_8);
  }

  private static int crc(ByteBuffer bytes, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(at, length));
    return (int) crc.getValue();
  }
}
