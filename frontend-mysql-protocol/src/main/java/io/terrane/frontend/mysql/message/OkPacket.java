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

  public void write(PayloadWriter out) {
    write(out, HEADER);
  }

  public void writeAsEndOfRows(PayloadWriter out) {
    write(out, HEADER_END_OF_ROWS);
  }

  private void write(PayloadWriter out, int header) {
    out.writeUint8(header)
        .writeLength(affectedRows)
        .writeLength(lastInsertId)
        .writeUint16(status.bits())
        .writeUint16(warnings);
    // The manual has a plain text here without SESSION_TRACK; servers and clients have a length.
    if (database.isPresent()) {
      out.writeLengthString(info);
      writeSchemaChange(out, database.get());
    } else if (!info.isEmpty()) {
      out.writeLengthString(info);
    }
  }

  private static void writeSchemaChange(PayloadWriter out, String name) {
    int nameBytes = ByteBufUtil.utf8Bytes(name);
    int entryBytes = nameBytes + lengthBytes(nameBytes);
    out.writeLength(1 + lengthBytes(entryBytes) + entryBytes)
        .writeUint8(TRACK_SCHEMA)
        .writeLength(entryBytes)
        .writeLengthString(name);
  }

  public static OkPacket read(PayloadReader in) {
    in.skip(1);
    long affected = in.readLength();
    long insertId = in.readLength();
    StatusFlags status = new StatusFlags(in.readUint16());
    int warnings = in.readUint16();
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
