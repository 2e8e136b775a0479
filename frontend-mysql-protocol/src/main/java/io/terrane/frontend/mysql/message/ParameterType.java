package io.terrane.frontend.mysql.message;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;

/** How a client sends a parameter of a prepared statement: two bytes. */
public record ParameterType(FieldType type, Sign sign) {
  private static final int UNSIGNED = 0x80;

  /** How an integer's highest bit is meant. */
  public enum Sign {
    SIGNED,
    UNSIGNED
  }

  public static ParameterType read(PayloadReader in) {
    FieldType type = FieldType.ofCode(in.readUint8());
    return new ParameterType(type, (in.readUint8() & UNSIGNED) != 0 ? Sign.UNSIGNED : Sign.SIGNED);
  }

  public void write(PayloadWriter out) {
    out.writeUint8(type.code()).writeUint8(sign == Sign.UNSIGNED ? UNSIGNED : 0);
  }
}
