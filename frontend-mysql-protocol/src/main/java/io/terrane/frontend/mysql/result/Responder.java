package io.terrane.frontend.mysql.result;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.SessionStatus;
import io.terrane.api.sql.SqlSession;
import io.terrane.api.sql.StatementResult;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.message.ColumnDefinition41;
import io.terrane.frontend.mysql.message.EofPacket;
import io.terrane.frontend.mysql.message.ErrPacket;
import io.terrane.frontend.mysql.message.OkPacket;
import io.terrane.frontend.mysql.message.StatusFlags;
import io.terrane.frontend.mysql.packet.PacketEncoder;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes a client's answers in the form its capabilities ask for, with its session's status. Used
 * by whoever runs the client's command, one at a time.
 */
public final class Responder {
  private static final int FILE_REQUEST = 0xFB;

  private final PacketEncoder packets;
  private final Capabilities capabilities;
  private final SqlSession session;
  private String toldDatabase;

  /** Whether another result of the same command follows. */
  public enum Followed {
    BY_MORE,
    BY_NOTHING
  }

  public Responder(PacketEncoder packets, Capabilities capabilities, SqlSession session) {
    this.packets = packets;
    this.capabilities = capabilities;
    this.session = session;
    this.toldDatabase = session.status().database();
  }

  public void ok() {
    ok(StatementResult.Affected.NOTHING, Followed.BY_NOTHING);
  }

  public void ok(StatementResult.Affected result, Followed followed) {
    SessionStatus status = session.status();
    OkPacket ok =
        new OkPacket(
            result.count(),
            result.lastInsertId(),
            flags(status, followed),
            result.warnings(),
            result.info(),
            changedDatabase(status));
    packet(ok::write);
  }

  /** Ends the rows of a result, or stands for them where there is nothing to say but the status. */
  public void endOfRows(int warnings, Followed followed) {
    SessionStatus status = session.status();
    StatusFlags flags = flags(status, followed);
    if (capabilities.has(Capabilities.DEPRECATE_EOF)) {
      OkPacket ok = new OkPacket(0, 0, flags, warnings, "", changedDatabase(status));
      packet(ok::writeAsEndOfRows);
    } else {
      packet(new EofPacket(warnings, flags)::write);
    }
  }

  /** Asks the client for a file of its own; LOCAL_FILES_DISABLED if it does not send any. */
  void requestFile(String name) {
    if (!capabilities.has(Capabilities.LOCAL_FILES)) {
      throw new TerraneException(
          ErrorCode.LOCAL_FILES_DISABLED,
          "Loading local data is disabled; this must be enabled on both the client and server"
              + " sides");
    }
    packet(
        out -> {
          out.writeUint8(FILE_REQUEST);
          out.writeString(name);
        });
  }

  /** The number of columns and their definitions. */
  public void resultHead(List<ColumnDefinition41> columns) {
    packet(out -> out.writeLength(columns.size()));
    definitions(columns);
  }

  /** A block of definitions, closed for those clients that want it closed; none at all if empty. */
  public void definitions(List<ColumnDefinition41> definitions) {
    for (ColumnDefinition41 definition : definitions) {
      packet(definition::write);
    }
    if (!definitions.isEmpty() && !capabilities.has(Capabilities.DEPRECATE_EOF)) {
      packet(new EofPacket(0, flags(session.status(), Followed.BY_NOTHING))::write);
    }
  }

  /** One packet; if {@code payload} throws, nothing of it is sent. */
  public void packet(Consumer<PayloadWriter> payload) {
    payload.accept(packets.begin());
    packets.end();
  }

  public void error(ErrPacket error) {
    packet(error::write);
  }

  private static StatusFlags flags(SessionStatus status, Followed followed) {
    StatusFlags flags = StatusFlags.of(status);
    return followed == Followed.BY_MORE ? flags.with(StatusFlags.MORE_RESULTS) : flags;
  }

  /** The current database if the client tracks it and has not heard of it yet. */
  private Optional<String> changedDatabase(SessionStatus status) {
    if (!capabilities.has(Capabilities.SESSION_TRACK) || status.database().equals(toldDatabase)) {
      return Optional.empty();
    }
    toldDatabase = status.database();
    return Optional.of(toldDatabase);
  }
}
