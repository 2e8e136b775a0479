package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values of one column of one batch while an expression works on them: a register of heap
 * arrays that its owner fills again for each batch. Not thread-safe.
 *
 * <p>Eighteen types share four forms ({@link Storage}), so that a kernel is written four times at
 * most. Rows are written in ascending order, each exactly once after {@link #reset}. The value of a
 * NULL row is undefined in LONG and DOUBLE form (a kernel may compute on it and ignores the
 * result), null in DECIMAL form, empty in BYTES form.
 */
public final class Column {
  /** How values are held. */
  public enum Storage {
    /** BOOLEAN as 0 and 1, integers (UINT64 as bits), DATE, TIME, TIMESTAMP; also NULL. */
    LONG,
    /** FLOAT32, FLOAT64. */
    DOUBLE,
    /** DECIMAL. */
    DECIMAL,
    /** STRING in UTF-8, BINARY; end to end in one array. */
    BYTES;

    /** The form of a type. */
    public static Storage of(DataType type) {
      return switch (type.kind()) {
        case FLOAT32, FLOAT64 -> DOUBLE;
        case DECIMAL -> DECIMAL;
        case STRING, BINARY -> BYTES;
        case NULL,
            BOOLEAN,
            INT8,
            INT16,
            INT32,
            INT64,
            UINT8,
            UINT16,
            UINT32,
            UINT64,
            DATE,
            TIME,
            TIMESTAMP ->
            LONG;
      };
    }
  }

  private static final long[] NO_LONGS = {};
  private static final double[] NO_DOUBLES = {};
  private static final BigDecimal[] NO_DECIMALS = {};

  private final DataType type;
  private final Storage storage;
  private int rows;
  private boolean hasNulls;
  private boolean[] nulls = {};
  private long[] longs = NO_LONGS;
  private double[] doubles = NO_DOUBLES;
  private BigDecimal[] decimals = NO_DECIMALS;
  private byte[] bytes = {};
  private int[] offsets = {0};

  public Column(DataType type) {
    this.type = type;
    this.storage = Storage.of(type);
  }

  public DataType type() {
    return type;
  }

  public Storage storage() {
    return storage;
  }

  public int rows() {
    return rows;
  }

  /** Makes room for {@code newRows} rows, none of them NULL, and gives itself back. */
  public Column reset(int newRows) {
    rows = newRows;
    if (nulls.length < newRows) {
      nulls = new boolean[newRows];
    } else if (hasNulls) {
      Arrays.fill(nulls, false);
    }
    hasNulls = false;
    switch (storage) {
      case LONG -> longs = longs.length < newRows ? new long[newRows] : longs;
      case DOUBLE -> doubles = doubles.length < newRows ? new double[newRows] : doubles;
      case DECIMAL -> decimals = decimals.length < newRows ? new BigDecimal[newRows] : decimals;
      case BYTES -> offsets = offsets.length <= newRows ? new int[newRows + 1] : offsets;
    }
    return this;
  }

  /** Forgets the rows from {@code fewer} on. */
  public void truncate(int fewer) {
    rows = fewer;
  }

  /** Whether any row may be NULL. */
  public boolean hasNulls() {
    return hasNulls;
  }

  public boolean isNull(int row) {
    return hasNulls && nulls[row];
  }

  /** Per row, whether it is NULL; all false where {@link #hasNulls} is false. */
  public boolean[] nulls() {
    return nulls;
  }

  /** Says that {@link #nulls} was written directly. */
  void markNulls() {
    hasNulls = true;
  }

  /** Marks rows NULL where {@code other} is, without touching values: for LONG, DOUBLE, DECIMAL. */
  public void addNullsOf(Column other) {
    if (!other.hasNulls) {
      return;
    }
    hasNulls = true;
    for (int i = 0; i < rows; i++) {
      nulls[i] |= other.nulls[i];
    }
  }

  public long[] longs() {
    return longs;
  }

  public double[] doubles() {
    return doubles;
  }

  public BigDecimal[] decimals() {
    return decimals;
  }

  /** The bytes of all rows; row {@code i} is {@code offsets()[i]} to {@code offsets()[i + 1]}. */
  public byte[] bytes() {
    return bytes;
  }

  public int[] offsets() {
    return offsets;
  }

  public long longAt(int row) {
    return longs[row];
  }

  public boolean booleanAt(int row) {
    return longs[row] != 0;
  }

  public double doubleAt(int row) {
    return doubles[row];
  }

  public BigDecimal decimalAt(int row) {
    return decimals[row];
  }

  public String stringAt(int row) {
    return new String(bytes, offsets[row], offsets[row + 1] - offsets[row], StandardCharsets.UTF_8);
  }

  public byte[] bytesAt(int row) {
    return Arrays.copyOfRange(bytes, offsets[row], offsets[row + 1]);
  }

  public int lengthAt(int row) {
    return offsets[row + 1] - offsets[row];
  }

  public void setNull(int row) {
    hasNulls = true;
    nulls[row] = true;
    if (storage == Storage.BYTES) {
      offsets[row + 1] = offsets[row];
    } else if (storage == Storage.DECIMAL) {
      decimals[row] = null;
    }
  }

  public void setLong(int row, long value) {
    longs[row] = value;
  }

  public void setBoolean(int row, boolean value) {
    longs[row] = value ? 1 : 0;
  }

  public void setDouble(int row, double value) {
    doubles[row] = value;
  }

  public void setDecimal(int row, BigDecimal value) {
    decimals[row] = value;
  }

  public void setString(int row, String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    setBytes(row, encoded, 0, encoded.length);
  }

  public void setBytes(int row, byte[] source) {
    setBytes(row, source, 0, source.length);
  }

  public void setBytes(int row, byte[] source, int from, int length) {
    int start = offsets[row];
    roomForBytes(Math.addExact(start, length));
    System.arraycopy(source, from, bytes, start, length);
    offsets[row + 1] = start + length;
  }

  /** Makes {@link #bytes} hold at least {@code size} bytes, keeping what is there. */
  public void roomForBytes(int size) {
    if (bytes.length < size) {
      bytes = Arrays.copyOf(bytes, Math.max(size, (int) Math.min(2L * bytes.length, 1 << 30)));
    }
  }

  /** Copies a row of a column of the same storage. */
  public void setFrom(int row, Column source, int sourceRow) {
    if (source.isNull(sourceRow)) {
      setNull(row);
      return;
    }
    switch (storage) {
      case LONG -> longs[row] = source.longs[sourceRow];
      case DOUBLE -> doubles[row] = source.doubles[sourceRow];
      case DECIMAL -> decimals[row] = source.decimals[sourceRow];
      case BYTES ->
          setBytes(row, source.bytes, source.offsets[sourceRow], source.lengthAt(sourceRow));
    }
  }

  /** One row as a value of {@link #type()}. */
  public Datum datumAt(int row) {
    if (isNull(row)) {
      return Datum.ofNull(type);
    }
    Object value =
        switch (type.kind()) {
          case NULL -> null;
          case BOOLEAN -> booleanAt(row);
          case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, DATE, TIME, TIMESTAMP ->
              longs[row];
          case FLOAT32, FLOAT64 -> doubles[row];
          case DECIMAL -> Decimals.fit(decimals[row], type);
          case STRING -> stringAt(row);
          case BINARY -> ByteBuffer.wrap(bytesAt(row)).asReadOnlyBuffer();
        };
    return new Datum(type, value);
  }

  /** Writes a value of this type. */
  public void setDatum(int row, Datum datum) {
    if (datum.isNull()) {
      setNull(row);
      return;
    }
    switch (datum.type().kind()) {
      case NULL -> setNull(row);
      case BOOLEAN -> setBoolean(row, (Boolean) datum.value());
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, DATE, TIME, TIMESTAMP ->
          setLong(row, (Long) datum.value());
      case FLOAT32, FLOAT64 -> setDouble(row, (Double) datum.value());
      case DECIMAL -> setDecimal(row, (BigDecimal) datum.value());
      case STRING -> setString(row, (String) datum.value());
      case BINARY -> {
        ByteBuffer view = ((ByteBuffer) datum.value()).duplicate();
        byte[] copy = new byte[view.remaining()];
        view.get(copy);
        setBytes(row, copy);
      }
    }
  }
}
