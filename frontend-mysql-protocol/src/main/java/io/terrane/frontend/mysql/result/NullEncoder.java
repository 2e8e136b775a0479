package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;

/** A column without a value in any row. */
final class NullEncoder implements ColumnEncoder {
  @Override
  public boolean isNull(int row) {
    return true;
  }

  @Override
  public void writeText(int row, PayloadWriter out) {
    throw new IllegalStateException("a NULL has no text");
  }

  @Override
  public void writeBinary(int row, PayloadWriter out) {
    throw new IllegalStateException("a NULL has no binary form");
  }
}
