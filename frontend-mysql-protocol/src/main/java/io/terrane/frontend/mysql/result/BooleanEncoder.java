package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;
import org.apache.arrow.vector.BitVector;

/** BOOLEAN as TINY, 1 or 0. */
final class BooleanEncoder implements ColumnEncoder {
  private final BitVector vector;

  BooleanEncoder(BitVector vector) {
    this.vector = vector;
  }

  @Override
  public boolean isNull(int row) {
    return vector.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    out.writeUint8(1).writeUint8('0' + vector.get(row));
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    out.writeUint8(vector.get(row));
  }
}
