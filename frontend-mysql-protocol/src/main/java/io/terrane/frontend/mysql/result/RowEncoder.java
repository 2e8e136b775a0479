package io.terrane.frontend.mysql.result;

import io.terrane.frontend.mysql.packet.PayloadWriter;

/** Writes one row as one payload. */
public enum RowEncoder {
  /** What COM_QUERY answers: every value a text. Source: MySQL manual, "Text Resultset Row". */
  TEXT {
    @Override
    void write(ColumnEncoder[] columns, int row, PayloadWriter out) {
      for (ColumnEncoder column : columns) {
        if (column.isNull(row)) {
          out.writeNull();
        } else {
          column.writeText(row, out);
        }
      }
    }
  },

  /**
   * What COM_STMT_EXECUTE answers: a zero byte, a bitmap of NULLs that starts at its third bit, the
   * values that are not NULL. Source: MySQL manual, "Binary Protocol Resultset Row".
   */
  BINARY {
    private static final int BITMAP_OFFSET = 2;

    @Override
    void write(ColumnEncoder[] columns, int row, PayloadWriter out) {
      out.writeUint8(0);
      int bitmap = out.size();
      out.writeZeros((columns.length + BITMAP_OFFSET + 7) / 8);
      for (int i = 0; i < columns.length; i++) {
        ColumnEncoder column = columns[i];
        if (column.isNull(row)) {
          int bit = i + BITMAP_OFFSET;
          out.orUint8At(bitmap + bit / 8, 1 << (bit % 8));
        } else {
          column.writeBinary(row, out);
        }
      }
    }
  };

  abstract void write(ColumnEncoder[] columns, int row, PayloadWriter out);
}
