package io.terrane.frontend.mysql.message;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;

/** The first packet of a successful PREPARE, always 12 bytes. */
public record StmtPrepareOk(int statementId, int columns, int parameters, int warnings) {
  public void write(PayloadWriter out) {
    out.writeUint8(OkPacket.HEADER)
        .writeInt32(statementId)
        .writeUint16(columns)
        .writeUint16(parameters)
        .writeUint8(0)
        .writeUint16(warnings);
  }

  public static StmtPrepareOk read(PayloadReader in) {
    in.skip(1);
    int statementId = in.readInt32();
    int columns = in.readUint16();
    int parameters = in.readUint16();
    in.skip(1);
    return new StmtPrepareOk(statementId, columns, parameters, in.readUint16());
  }
}
