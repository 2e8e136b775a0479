package io.terrane.query.show;

import io.terrane.api.table.DataType;
import java.util.Locale;

/** What types are called: in MySQL's listings, in CREATE TABLE, and in GreptimeDB's listings. */
final class MySqlTypes {
  private MySqlTypes() {}

  /** As MySQL's SHOW COLUMNS prints it. */
  static String column(DataType type) {
    return switch (type.kind()) {
      case NULL -> "null";
      case BOOLEAN -> "tinyint(1)";
      case INT8 -> "tinyint";
      case INT16 -> "smallint";
      case INT32 -> "int";
      case INT64 -> "bigint";
      case UINT8 -> "tinyint unsigned";
      case UINT16 -> "smallint unsigned";
      case UINT32 -> "int unsigned";
      case UINT64 -> "bigint unsigned";
      case FLOAT32 -> "float";
      case FLOAT64 -> "double";
      case DECIMAL -> "decimal(" + type.precision() + "," + type.scale() + ")";
      case STRING -> "varchar(65535)";
      case BINARY -> "varbinary(65535)";
      case DATE -> "date";
      case TIME -> "time(6)";
      case TIMESTAMP -> type.precision() == 0 ? "timestamp" : "timestamp(" + type.precision() + ")";
    };
  }

  /** As CREATE TABLE reads it and SHOW CREATE TABLE prints it. */
  static String ddl(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case STRING -> "STRING";
      case BINARY -> "VARBINARY";
      case TIMESTAMP -> "TIMESTAMP(" + type.precision() + ")";
      case NULL,
          INT8,
          INT16,
          INT32,
          INT64,
          UINT8,
          UINT16,
          UINT32,
          UINT64,
          FLOAT32,
          FLOAT64,
          DECIMAL,
          DATE,
          TIME ->
          column(type).toUpperCase(Locale.ROOT);
    };
  }

  /** GreptimeDB's name of the type. */
  static String greptime(DataType type) {
    return switch (type.kind()) {
      case NULL -> "Null";
      case BOOLEAN -> "Boolean";
      case INT8 -> "Int8";
      case INT16 -> "Int16";
      case INT32 -> "Int32";
      case INT64 -> "Int64";
      case UINT8 -> "UInt8";
      case UINT16 -> "UInt16";
      case UINT32 -> "UInt32";
      case UINT64 -> "UInt64";
      case FLOAT32 -> "Float32";
      case FLOAT64 -> "Float64";
      case DECIMAL -> "Decimal(" + type.precision() + ", " + type.scale() + ")";
      case STRING -> "String";
      case BINARY -> "Binary";
      case DATE -> "Date";
      case TIME -> "TimeMicrosecond";
      case TIMESTAMP ->
          switch (type.precision()) {
            case 0 -> "TimestampSecond";
            case 3 -> "TimestampMillisecond";
            case 6 -> "TimestampMicrosecond";
            default -> "TimestampNanosecond";
          };
    };
  }
}
