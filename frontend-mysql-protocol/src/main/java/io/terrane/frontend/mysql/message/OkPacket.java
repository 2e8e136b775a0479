package io.terrane.frontend.mysql.message;

import io.netty.buffer.ByteBufUtil;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.util.Optional;

/**
 * Success. Source: MySQL manual, "OK_Packet".
 *
 * @param database the new current database, for a client that tracks it; the status word has
 *     SESSION_STATE_CHANGED exactly when it is present
 */
public record OkPacket(
    long affectedRows,
    long lastInsertId,
    StatusFlags status,
    int warnings,
    String info,
    Optional<String> database) {
  public static final int HEADER = 0x00;

  /** The header of an OK in the place of an EOF, under DEPRECATE_EOF. */
  public static final int HEADER_END_OF_ROWS = 0xFE;

  private static final int TRACK_SCHEMA = 1;
  private static final int WARNINGS_MAX = 0xFFFF;

  public OkPacket {
    status = database.isPresent() ? status.with(StatusFlags.SESSION_STATE_CHANGED) : status;
    warnings = Math.min(warnings, WARNINGS_MAX);
  }

  public static OkPacket of(StatusFlags status) {
    return new OkPacket(0, 0, status, 0, "", Optional.empty());
  }

  public void write(PayloadWriter out, Capabilities capabilities) {
    write(out, HEADER, capabilities);
  }

  public void writeAsEndOfRows(PayloadWriter out, Capabilities capabilities) {
    write(out, HEADER_END_OF_ROWS, capabilities);
  }

  private void write(PayloadWriter out, int header, Capabilities capabilities) {
    out.writeUint8(header)
        .writeLength(affectedRows)
        .writeLength(lastInsertId)
        .writeUint16(status.bits())
        .writeUint16(warnings);
    if (!capabilities.has(Capabilities.SESSION_TRACK)) {
      out.writeString(info);
    } else if (database.isPresent()) {
      out.writeLengthString(info);
      String name = database.get();
      int nameBytes = ByteBufUtil.utf8Bytes(name);
      int entryBytes = nameBytes + lengthBytes(nameBytes);
      out.writeLength(1 + lengthBytes(entryBytes) + entryBytes)
          .writeUint8(TRACK_SCHEMA)
          .writeLength(entryBytes)
          .writeLengthString(name);
    } else if (!info.isEmpty()) {
      out.writeLengthString(info);
    }
  }

  public static OkPacket read(PayloadReader in, Capabilities capabilities) {
    in.skip(1);
    long affected = in.readLength();
    long insertId = in.readLength();
    StatusFlags status = new StatusFlags(in.readUint16());
    int warnings = in.readUint16();
    if (!capabilities.has(Capabilities.SESSION_TRACK)) {
      return new OkPacket(
          affected, insertId, status, warnings, in.readRestString(), Optional.empty());
    }
    String info = in.isExhausted() ? "" : in.readLengthString();
    Optional<String> database = Optional.empty();
    if (status.has(StatusFlags.SESSION_STATE_CHANGED)) {
      in.readLength();
      in.skip(1);
      in.readLength();
      database = Optional.of(in.readLengthString());
    }
    return new OkPacket(affected, insertId, status, warnings, info, database);
  }

  private static int lengthBytes(int length) {
    if (length < 0xFB) {
      return 1;
    }
    return length <= 0xFFFF ? 3 : 4;
  }
}
