package io.terrane.frontend.mysql.message;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A type byte of column definitions and parameters. Source: MySQL's field_types.h. */
public enum FieldType {
  DECIMAL(0),
  TINY(1),
  SHORT(2),
  LONG(3),
  FLOAT(4),
  DOUBLE(5),
  NULL(6),
  TIMESTAMP(7),
  LONGLONG(8),
  INT24(9),
  DATE(10),
  TIME(11),
  DATETIME(12),
  YEAR(13),
  NEWDATE(14),
  VARCHAR(15),
  BIT(16),
  JSON(245),
  NEWDECIMAL(246),
  ENUM(247),
  SET(248),
  TINY_BLOB(249),
  MEDIUM_BLOB(250),
  LONG_BLOB(251),
  BLOB(252),
  VAR_STRING(253),
  STRING(254),
  GEOMETRY(255);

  private static final Map<Integer, FieldType> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(FieldType::code, Function.identity()));

  private final int code;

  FieldType(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static FieldType ofCode(int code) {
    FieldType type = BY_CODE.get(code);
    if (type == null) {
      throw new TerraneException(ErrorCode.MALFORMED_PACKET, "unknown field type " + code);
    }
    return type;
  }
}
