package io.terrane.query.parse;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Type names: MySQL's, GreptimeDB's aliases, and what may follow them. */
final class TypeReader {
  private static final int DECIMAL_PRECISION = 38;
  private static final int DECIMAL_SCALE = 10;
  private static final int MYSQL_DECIMAL_PRECISION = 10;

  private static final Map<String, DataType> NAMES = new HashMap<>();

  static {
    names(DataType.BOOLEAN, "boolean bool");
    names(DataType.INT8, "tinyint");
    names(DataType.INT16, "smallint int2 int16");
    names(DataType.INT32, "int integer int4 int32 mediumint middleint");
    names(DataType.INT64, "bigint int8 int64 signed");
    names(DataType.UINT8, "uint8");
    names(DataType.UINT16, "uint16");
    names(DataType.UINT32, "uint32");
    names(DataType.UINT64, "uint64 unsigned");
    names(DataType.FLOAT32, "float float4 float32");
    names(DataType.FLOAT64, "double float8 float64 real");
    names(
        DataType.STRING,
        "string varchar text char character tinytext mediumtext longtext nchar nvarchar json enum");
    names(DataType.BINARY, "varbinary binary bytea blob tinyblob mediumblob longblob");
    names(DataType.DATE, "date");
    names(DataType.TIME, "time");
    names(DataType.TIMESTAMP_MICROS, "datetime timestamp_us timestampmicrosecond");
    names(DataType.TIMESTAMP_MILLIS, "timestamp timestamp_ms timestampmillisecond");
    names(DataType.TIMESTAMP_SECOND, "timestamp_s timestamp_sec timestampsecond");
    names(DataType.TIMESTAMP_NANOS, "timestamp_ns timestampnanosecond");
    names(DataType.decimal(DECIMAL_PRECISION, DECIMAL_SCALE), "decimal dec numeric fixed");
  }

  private final TokenCursor cursor;
  private int length = -1;

  TypeReader(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads a column's type. */
  DataType columnType() {
    cursor.name();
    return type(cursor.lastWord(), DECIMAL_PRECISION, DECIMAL_SCALE);
  }

  /** Reads the target of a cast, whose first word the grammar has already taken. */
  SqlTypeNameSpec castTarget() {
    SqlParserPos position = cursor.lastPosition();
    String name = cursor.lastWord();
    DataType type = type(name, MYSQL_DECIMAL_PRECISION, 0);
    SqlTypeName calcite =
        switch (type.kind()) {
          case NULL -> SqlTypeName.NULL;
          case BOOLEAN -> SqlTypeName.BOOLEAN;
          case INT8 -> SqlTypeName.TINYINT;
          case INT16 -> SqlTypeName.SMALLINT;
          case INT32 -> SqlTypeName.INTEGER;
          case INT64 -> SqlTypeName.BIGINT;
          case UINT8 -> SqlTypeName.UTINYINT;
          case UINT16 -> SqlTypeName.USMALLINT;
          case UINT32 -> SqlTypeName.UINTEGER;
          case UINT64 -> SqlTypeName.UBIGINT;
          case FLOAT32 -> SqlTypeName.REAL;
          case FLOAT64 -> SqlTypeName.DOUBLE;
          case DECIMAL -> SqlTypeName.DECIMAL;
          case STRING -> SqlTypeName.VARCHAR;
          case BINARY -> SqlTypeName.VARBINARY;
          case DATE -> SqlTypeName.DATE;
          case TIME -> SqlTypeName.TIME;
          case TIMESTAMP -> SqlTypeName.TIMESTAMP;
        };
    return switch (type.kind()) {
      case DECIMAL -> new SqlBasicTypeNameSpec(calcite, type.precision(), type.scale(), position);
      case TIME, TIMESTAMP -> new SqlBasicTypeNameSpec(calcite, type.precision(), position);
      case STRING ->
          new SqlBasicTypeNameSpec(
              calcite, length < 0 ? RelDataType.PRECISION_NOT_SPECIFIED : length, position);
      default -> new SqlBasicTypeNameSpec(calcite, position);
    };
  }

  private DataType type(String name, int decimalPrecision, int decimalScale) {
    String folded = name.toLowerCase(Locale.ROOT);
    DataType base = NAMES.get(folded);
    if (base == null) {
      throw new TerraneException(ErrorCode.SYNTAX_ERROR, "Unknown data type: '" + name + "'");
    }
    if (folded.equals("double")) {
      cursor.accept("precision");
    } else if (folded.startsWith("char")) {
      cursor.accept("varying");
    }
    int first = -1;
    int second = -1;
    if (cursor.accept("(")) {
      if (cursor.atString()) {
        while (!cursor.accept(")")) {
          cursor.take();
        }
      } else {
        first = cursor.unsignedInt();
        second = cursor.accept(",") ? cursor.unsignedInt() : -1;
        cursor.expect(")");
      }
    }
    length = first;
    boolean unsigned = cursor.accept("unsigned");
    cursor.accept("signed");
    if (!cursor.accept("integer")) {
      cursor.accept("int");
    }
    unsigned |= cursor.accept("zerofill");
    skipTextAttributes();
    return switch (base.kind()) {
      case DECIMAL -> decimal(first, second, decimalPrecision, decimalScale);
      case TIMESTAMP -> timestamp(folded, base, first);
      case INT8 -> first == 1 && !unsigned ? DataType.BOOLEAN : signed(base, unsigned);
      case INT16, INT32, INT64 -> signed(base, unsigned);
      default -> base;
    };
  }

  private void skipTextAttributes() {
    if (cursor.accept("character", "set") || cursor.accept("charset")) {
      cursor.name();
    }
    if (cursor.at("collate")) {
      cursor.take();
      cursor.name();
    }
  }

  private static DataType signed(DataType base, boolean unsigned) {
    if (!unsigned) {
      return base;
    }
    return switch (base.kind()) {
      case INT8 -> DataType.UINT8;
      case INT16 -> DataType.UINT16;
      case INT32 -> DataType.UINT32;
      default -> DataType.UINT64;
    };
  }

  private static DataType decimal(int precision, int scale, int precisionIfNone, int scaleIfNone) {
    int digits = precision < 0 ? precisionIfNone : precision;
    int fraction = scale >= 0 ? scale : precision < 0 ? scaleIfNone : 0;
    if (digits < 1 || digits > DataType.DECIMAL_PRECISION_MAX || fraction > digits) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "Invalid precision or scale: DECIMAL("
              + digits
              + ", "
              + fraction
              + "); up to "
              + DataType.DECIMAL_PRECISION_MAX
              + " digits, scale not above precision");
    }
    return DataType.decimal(digits, fraction);
  }

  private static DataType timestamp(String name, DataType base, int digits) {
    if (digits < 0) {
      return base;
    }
    if (!name.equals("timestamp") && !name.equals("datetime")) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "Type " + name + " takes no number of fraction digits");
    }
    return switch (digits) {
      case 0 -> DataType.TIMESTAMP_SECOND;
      case 1, 2, 3 -> DataType.TIMESTAMP_MILLIS;
      case 4, 5, 6 -> DataType.TIMESTAMP_MICROS;
      case 7, 8, 9 -> DataType.TIMESTAMP_NANOS;
      default ->
          throw new TerraneException(
              ErrorCode.INVALID_ARGUMENT,
              "Too-big precision " + digits + " specified for '" + name + "'. Maximum is 9.");
    };
  }

  private static void names(DataType type, String names) {
    for (String name : names.split(" ", -1)) {
      NAMES.put(name, type);
    }
  }
}
