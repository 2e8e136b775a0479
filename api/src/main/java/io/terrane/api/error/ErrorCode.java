package io.terrane.api.error;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every error a client can see: a number that is frozen, a kind that says what to do, and what
 * MySQL calls it. Numbers may not change, names may. Ranges: 1000 user, 2000 retry, 3000 outcome
 * unknown, 4000 resource, 5000 corruption, 6000 internal; each range's first number is its generic
 * code.
 *
 * <p>MySQL numbers and SQLSTATEs are those of the MySQL 8.4 error reference.
 */
public enum ErrorCode {
  INVALID_ARGUMENT(1000, ErrorKind.USER, 1210, "HY000"),
  SYNTAX_ERROR(1001, ErrorKind.USER, 1064, "42000"),
  EMPTY_QUERY(1002, ErrorKind.USER, 1065, "42000"),
  UNSUPPORTED(1003, ErrorKind.USER, 1235, "42000"),
  DATABASE_NOT_FOUND(1004, ErrorKind.USER, 1049, "42000"),
  DATABASE_EXISTS(1005, ErrorKind.USER, 1007, "HY000"),
  DATABASE_NOT_SELECTED(1006, ErrorKind.USER, 1046, "3D000"),
  TABLE_NOT_FOUND(1007, ErrorKind.USER, 1146, "42S02"),
  TABLE_EXISTS(1008, ErrorKind.USER, 1050, "42S01"),
  UNKNOWN_TABLE_TO_DROP(1009, ErrorKind.USER, 1051, "42S02"),
  COLUMN_NOT_FOUND(1010, ErrorKind.USER, 1054, "42S22"),
  COLUMN_EXISTS(1011, ErrorKind.USER, 1060, "42S21"),
  COLUMN_AMBIGUOUS(1012, ErrorKind.USER, 1052, "23000"),
  COLUMN_COUNT_MISMATCH(1013, ErrorKind.USER, 1136, "21S01"),
  DUPLICATE_KEY(1014, ErrorKind.USER, 1062, "23000"),
  NULL_NOT_ALLOWED(1015, ErrorKind.USER, 1048, "23000"),
  NO_DEFAULT_VALUE(1016, ErrorKind.USER, 1364, "HY000"),
  VALUE_OUT_OF_RANGE(1017, ErrorKind.USER, 1264, "22003"),
  NUMERIC_OVERFLOW(1018, ErrorKind.USER, 1690, "22003"),
  INCORRECT_VALUE(1019, ErrorKind.USER, 1366, "HY000"),
  INCORRECT_TIME_VALUE(1020, ErrorKind.USER, 1292, "22007"),
  DATA_TOO_LONG(1021, ErrorKind.USER, 1406, "22001"),
  DIVISION_BY_ZERO(1022, ErrorKind.USER, 1365, "22012"),
  SUBQUERY_RETURNED_MANY_ROWS(1023, ErrorKind.USER, 1242, "21000"),
  FUNCTION_NOT_FOUND(1024, ErrorKind.USER, 1305, "42000"),
  WRONG_ARGUMENT_COUNT(1025, ErrorKind.USER, 1582, "42000"),
  WRONG_ARGUMENT_TYPE(1026, ErrorKind.USER, 1210, "HY000"),
  INVALID_GROUP_FIELD(1027, ErrorKind.USER, 1055, "42000"),
  INVALID_GROUP_FUNCTION(1028, ErrorKind.USER, 1111, "HY000"),
  UNKNOWN_VARIABLE(1029, ErrorKind.USER, 1193, "HY000"),
  WRONG_VARIABLE_VALUE(1030, ErrorKind.USER, 1231, "42000"),
  READ_ONLY_VARIABLE(1031, ErrorKind.USER, 1238, "HY000"),
  UNKNOWN_TIME_ZONE(1032, ErrorKind.USER, 1298, "HY000"),
  UNKNOWN_STATEMENT(1033, ErrorKind.USER, 1243, "HY000"),
  NOT_PREPARABLE(1034, ErrorKind.USER, 1295, "HY000"),
  ACCESS_DENIED(1035, ErrorKind.USER, 1045, "28000"),
  UNKNOWN_COMMAND(1036, ErrorKind.USER, 1047, "08S01"),
  MALFORMED_PACKET(1037, ErrorKind.USER, 1835, "HY000"),
  PACKET_TOO_LARGE(1038, ErrorKind.USER, 1153, "08S01"),
  PACKETS_OUT_OF_ORDER(1039, ErrorKind.USER, 1156, "08S01"),
  HANDSHAKE_FAILED(1040, ErrorKind.USER, 1043, "08S01"),
  UNKNOWN_THREAD(1041, ErrorKind.USER, 1094, "HY000"),
  QUERY_INTERRUPTED(1042, ErrorKind.USER, 1317, "70100"),
  READ_ONLY_TABLE(1043, ErrorKind.USER, 1036, "HY000"),
  INVALID_DEFAULT(1044, ErrorKind.USER, 1067, "42000"),
  MULTIPLE_PRIMARY_KEY(1045, ErrorKind.USER, 1068, "42000"),
  INVALID_PARTITION_RULE(1046, ErrorKind.USER, 1493, "HY000"),
  UNKNOWN_TABLE_OPTION(1047, ErrorKind.USER, 1911, "HY000"),
  UNKNOWN_TABLE_IN_FIELD_LIST(1048, ErrorKind.USER, 1109, "42S02"),
  PRIVILEGE_REQUIRED(1049, ErrorKind.USER, 1227, "42000"),
  INDEX_NOT_FOUND(1050, ErrorKind.USER, 1091, "42000"),
  INDEX_EXISTS(1051, ErrorKind.USER, 1061, "42000"),
  LAST_COLUMN(1052, ErrorKind.USER, 1090, "42000"),
  LOCAL_FILES_DISABLED(1061, ErrorKind.USER, 3948, "42000"),
  WRONG_FIELD_TERMINATORS(1062, ErrorKind.USER, 1083, "42000"),
  /** A recursive common table did not come to its end. */
  RECURSION_TOO_DEEP(1063, ErrorKind.USER, 3636, "HY000"),
  REGION_NOT_FOUND(1100, ErrorKind.USER, 1815, "HY000"),
  NODE_NOT_FOUND(1101, ErrorKind.USER, 1815, "HY000"),
  NODE_NOT_ALIVE(1102, ErrorKind.USER, 1815, "HY000"),
  REGION_LED_ELSEWHERE(1103, ErrorKind.USER, 1815, "HY000"),
  REGION_ALREADY_THERE(1104, ErrorKind.USER, 1815, "HY000"),
  MIGRATION_RUNNING(1105, ErrorKind.USER, 1815, "HY000"),
  PROCEDURE_NOT_FOUND(1106, ErrorKind.USER, 1815, "HY000"),
  PROCEDURE_FAILED(1107, ErrorKind.USER, 1815, "HY000"),
  /** It is past the point from which it could go back, or of a kind that cannot. */
  PROCEDURE_NOT_CANCELLABLE(1108, ErrorKind.USER, 1815, "HY000"),
  /** Why a procedure failed that somebody has cancelled. */
  PROCEDURE_CANCELLED(1109, ErrorKind.USER, 1815, "HY000"),
  /** Both sides of a move hold different rows. */
  VERIFICATION_FAILED(1110, ErrorKind.USER, 1815, "HY000"),
  /** The route moved: the answer's {@link TerraneException#routeVersion()} says from when on. */
  REGION_NOT_LEADER(2000, ErrorKind.RETRY, 1205, "HY000"),
  REGION_BUSY(2001, ErrorKind.RETRY, 1205, "HY000"),
  REGION_NOT_OPEN(2002, ErrorKind.RETRY, 1205, "HY000"),
  NOT_METASRV_LEADER(2003, ErrorKind.RETRY, 1205, "HY000"),
  NODE_UNREACHABLE(2004, ErrorKind.RETRY, 1158, "08S01"),
  LOG_UNAVAILABLE(2005, ErrorKind.RETRY, 1030, "HY000"),
  STORE_UNAVAILABLE(2006, ErrorKind.RETRY, 1030, "HY000"),
  CONFLICT(2007, ErrorKind.RETRY, 1213, "40001"),
  TIMED_OUT(2008, ErrorKind.RETRY, 1205, "HY000"),
  SHUTTING_DOWN(2009, ErrorKind.RETRY, 1053, "08S01"),
  /** The table was altered since the statement was planned, or the region has yet to learn it. */
  SCHEMA_CHANGED(2010, ErrorKind.RETRY, 1412, "HY000"),
  WRITE_OUTCOME_UNKNOWN(3000, ErrorKind.OUTCOME_UNKNOWN, 1105, "HY000"),
  METADATA_OUTCOME_UNKNOWN(3001, ErrorKind.OUTCOME_UNKNOWN, 1105, "HY000"),
  RESOURCE_EXHAUSTED(4000, ErrorKind.RESOURCE, 1041, "HY000"),
  QUERY_MEMORY_EXCEEDED(4001, ErrorKind.RESOURCE, 1038, "HY001"),
  TOO_MANY_CONNECTIONS(4002, ErrorKind.RESOURCE, 1040, "08004"),
  QUERY_TIMED_OUT(4003, ErrorKind.RESOURCE, 3024, "HY000"),
  TOO_MANY_STATEMENTS(4004, ErrorKind.RESOURCE, 1461, "42000"),
  CORRUPTED(5000, ErrorKind.CORRUPTION, 1712, "HY000"),
  LOG_TRUNCATED(5001, ErrorKind.CORRUPTION, 1712, "HY000"),
  OBJECT_NOT_FOUND(5002, ErrorKind.CORRUPTION, 1712, "HY000"),
  OBJECT_EXISTS(5003, ErrorKind.CORRUPTION, 1712, "HY000"),
  INTERNAL(6000, ErrorKind.INTERNAL, 1105, "HY000");

  private static final Map<Integer, ErrorCode> BY_NUMBER =
      Arrays.stream(values()).collect(Collectors.toMap(ErrorCode::number, Function.identity()));

  private final int number;
  private final ErrorKind kind;
  private final int mysqlErrno;
  private final String sqlState;

  ErrorCode(int number, ErrorKind kind, int mysqlErrno, String sqlState) {
    this.number = number;
    this.kind = kind;
    this.mysqlErrno = mysqlErrno;
    this.sqlState = sqlState;
  }

  /** The frozen number that crosses wires. */
  public int number() {
    return number;
  }

  public ErrorKind kind() {
    return kind;
  }

  public int mysqlErrno() {
    return mysqlErrno;
  }

  /** Five characters. */
  public String sqlState() {
    return sqlState;
  }

  /** The code with this number; an unknown number becomes the generic code of its range. */
  public static ErrorCode ofNumber(int number) {
    ErrorCode known = BY_NUMBER.get(number);
    if (known != null) {
      return known;
    }
    ErrorCode generic = BY_NUMBER.get(number / 1000 * 1000);
    return generic != null ? generic : INTERNAL;
  }
}
