package io.terrane.frontend.mysql.result;

import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import org.apache.arrow.vector.BaseFixedWidthVector;

/** Integers of 8 to 64 bits, with and without a sign. */
final class IntegerEncoder implements ColumnEncoder {
  private final FixedValues values;
  private final int bytes;
  private final boolean unsigned;
  private final long mask;
  private final Digits digits = new Digits();

  IntegerEncoder(BaseFixedWidthVector vector, DataType type) {
    this.values = new FixedValues(vector);
    this.unsigned = type.isUnsigned();
    this.bytes =
        switch (type.kind()) {
          case INT8, UINT8 -> 1;
          case INT16, UINT16 -> 2;
          case INT32, UINT32 -> 4;
          default -> 8;
        };
    this.mask = bytes == 8 || !unsigned ? -1L : (1L << (8 * bytes)) - 1;
  }

  @Override
  public boolean isNull(int row) {
    return values.isNull(row);
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    long value = value(row) & mask;
    digits.clear();
    if (unsigned) {
      digits.appendUnsigned(value);
    } else {
      digits.append(value);
    }
    digits.writeTo(out);
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    long value = value(row);
    switch (bytes) {
      case 1 -> out.writeUint8((int) value);
      case 2 -> out.writeUint16((int) value);
      case 4 -> out.writeInt32((int) value);
      default -> out.writeInt64(value);
    }
  }

  private long value(int row) {
    return switch (bytes) {
      case 1 -> values.byteAt(row);
      case 2 -> values.shortAt(row);
      case 4 -> values.intAt(row);
      default -> values.longAt(row);
    };
  }
}
