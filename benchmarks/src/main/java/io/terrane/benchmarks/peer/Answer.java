package io.terrane.benchmarks.peer;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * What a query gave, so far as answers of different databases can be compared.
 *
 * @param checksum of all values; the order of rows does not matter
 */
public record Answer(long rows, long checksum) {

  /** Reads all rows as a client would: each column by its type. */
  static Answer read(ResultSet result) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    int[] types = new int[meta.getColumnCount()];
    for (int i = 0; i < types.length; i++) {
      types[i] = meta.getColumnType(i + 1);
    }
    long rows = 0;
    long checksum = 0;
    while (result.next()) {
      Row row = new Row();
      for (int i = 0; i < types.length; i++) {
        switch (types[i]) {
          case Types.TIMESTAMP -> row.time(result.getObject(i + 1, LocalDateTime.class));
          case Types.VARCHAR, Types.LONGVARCHAR, Types.CHAR -> row.text(result.getString(i + 1));
          default -> row.number(result.getDouble(i + 1));
        }
      }
      rows++;
      checksum += row.hash();
    }
    return new Answer(rows, checksum);
  }

  /** The hash of one row. */
  static final class Row {
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;
    private long hash = 17;

    void time(LocalDateTime time) {
      mix(time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000 + time.getNano());
    }

    void text(CharSequence text) {
      long value = 0;
      for (int i = 0; i < text.length(); i++) {
        value = value * 31 + text.charAt(i);
      }
      mix(value);
    }

    /** As a float, so that the last bits of an average may differ. */
    void number(double value) {
      mix(Float.floatToIntBits((float) value));
    }

    private void mix(long value) {
      hash = (hash ^ value) * PRIME;
      hash ^= hash >>> 29;
    }

    long hash() {
      return hash;
    }
  }
}
