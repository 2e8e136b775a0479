package io.terrane.frontend.mysql.message;

import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.DataType;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;

/**
 * A column or parameter as the client is told of it. Source: MySQL manual,
 * "Protocol::ColumnDefinition41".
 *
 * @param length in bytes, of the longest text the column can show
 * @param decimals digits behind the point; 31 where their number varies
 */
public record ColumnDefinition41(
    String schema,
    String table,
    String originalTable,
    String name,
    String originalName,
    Collation collation,
    long length,
    FieldType type,
    int flags,
    int decimals) {
  public static final int FLAG_NOT_NULL = 1;
  public static final int FLAG_PRIMARY_KEY = 1 << 1;
  public static final int FLAG_UNSIGNED = 1 << 5;
  public static final int FLAG_BINARY = 1 << 7;

  private static final int DECIMALS_VARY = 31;
  private static final int FRACTION_DIGITS_MAX = 6;
  private static final int FIXED_FIELDS_BYTES = 12;
  private static final long TEXT_BYTES = 65_535L * 4;

  /** What a {@code ?} is announced as. */
  public static final ColumnDefinition41 PARAMETER =
      new ColumnDefinition41(
          "", "", "", "?", "", Collation.BINARY, 0, FieldType.VAR_STRING, FLAG_BINARY, 0);

  public static ColumnDefinition41 of(ResultColumn column) {
    DataType type = column.type();
    boolean text = type.kind() == DataType.Kind.STRING;
    int flags =
        (column.nullable() ? 0 : FLAG_NOT_NULL)
            | (column.keyPart() ? FLAG_PRIMARY_KEY : 0)
            | (type.isUnsigned() ? FLAG_UNSIGNED : 0)
            | (text ? 0 : FLAG_BINARY);
    return new ColumnDefinition41(
        column.database(),
        column.table(),
        column.table(),
        column.name(),
        column.column(),
        text ? Collation.UTF8MB4_0900_AI_CI : Collation.BINARY,
        lengthOf(type),
        fieldTypeOf(type),
        flags,
        decimalsOf(type));
  }

  private static FieldType fieldTypeOf(DataType type) {
    return switch (type.kind()) {
      case NULL -> FieldType.NULL;
      case BOOLEAN, INT8, UINT8 -> FieldType.TINY;
      case INT16, UINT16 -> FieldType.SHORT;
      case INT32, UINT32 -> FieldType.LONG;
      case INT64, UINT64 -> FieldType.LONGLONG;
      case FLOAT32 -> FieldType.FLOAT;
      case FLOAT64 -> FieldType.DOUBLE;
      case DECIMAL -> FieldType.NEWDECIMAL;
      case STRING, BINARY -> FieldType.VAR_STRING;
      case DATE -> FieldType.DATE;
      case TIME -> FieldType.TIME;
      case TIMESTAMP -> FieldType.TIMESTAMP;
    };
  }

  private static long lengthOf(DataType type) {
    return switch (type.kind()) {
      case NULL -> 0;
      case BOOLEAN -> 1;
      case INT8 -> 4;
      case UINT8 -> 3;
      case INT16 -> 6;
      case UINT16 -> 5;
      case INT32 -> 11;
      case UINT32 -> 10;
      case INT64, UINT64 -> 20;
      case FLOAT32 -> 12;
      case FLOAT64 -> 22;
      // A sign, and a point if there are digits behind it.
      case DECIMAL -> type.precision() + (type.scale() > 0 ? 2 : 1);
      case STRING, BINARY -> TEXT_BYTES;
      case DATE -> 10;
      case TIME -> 17;
      case TIMESTAMP -> type.precision() == 0 ? 19 : 20 + type.precision();
    };
  }

  private static int decimalsOf(DataType type) {
    return switch (type.kind()) {
      case FLOAT32, FLOAT64 -> DECIMALS_VARY;
      case DECIMAL -> type.scale();
      // MySQL has no more than six digits of a second; clients refuse larger numbers.
      case TIME, TIMESTAMP -> Math.min(type.precision(), FRACTION_DIGITS_MAX);
      default -> 0;
    };
  }

  public void write(PayloadWriter out) {
    out.writeLengthString("def")
        .writeLengthString(schema)
        .writeLengthString(table)
        .writeLengthString(originalTable)
        .writeLengthString(name)
        .writeLengthString(originalName)
        .writeLength(FIXED_FIELDS_BYTES)
        .writeUint16(collation.number())
        .writeInt32((int) length)
        .writeUint8(type.code())
        .writeUint16(flags)
        .writeUint8(decimals)
        .writeZeros(2);
  }

  public static ColumnDefinition41 read(PayloadReader in) {
    in.readLengthString();
    String schema = in.readLengthString();
    String table = in.readLengthString();
    String originalTable = in.readLengthString();
    String name = in.readLengthString();
    String originalName = in.readLengthString();
    in.readLength();
    Collation collation =
        in.readUint16() == Collation.BINARY.number()
            ? Collation.BINARY
            : Collation.UTF8MB4_0900_AI_CI;
    long length = in.readUint32();
    FieldType type = FieldType.ofCode(in.readUint8());
    int flags = in.readUint16();
    int decimals = in.readUint8();
    return new ColumnDefinition41(
        schema, table, originalTable, name, originalName, collation, length, type, flags, decimals);
  }
}
