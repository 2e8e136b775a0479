package io.terrane.frontend.mysql.message;

import io.terrane.api.sql.SessionStatus;

/**
 * The status word of OK and EOF packets. Source: MySQL manual, "Status Flags".
 *
 * @param bits 16 bits
 */
public record StatusFlags(int bits) {
  public static final int IN_TRANS = 1;
  public static final int AUTOCOMMIT = 1 << 1;
  public static final int MORE_RESULTS = 1 << 3;
  public static final int NO_BACKSLASH_ESCAPES = 1 << 9;
  public static final int SESSION_STATE_CHANGED = 1 << 14;

  /** A session's state before any statement. */
  public static final StatusFlags INITIAL = new StatusFlags(AUTOCOMMIT);

  public static StatusFlags of(SessionStatus status) {
    return new StatusFlags(
        (status.autocommit() ? AUTOCOMMIT : 0)
            | (status.inTransaction() ? IN_TRANS : 0)
            | (status.noBackslashEscapes() ? NO_BACKSLASH_ESCAPES : 0));
  }

  public boolean has(int flag) {
    return (bits & flag) != 0;
  }

  public StatusFlags with(int flag) {
    return new StatusFlags(bits | flag);
  }
}
