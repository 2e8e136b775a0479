package io.terrane.rpc.channel;

import io.terrane.api.error.ErrorCode;

/** What it means for the caller that a request was sent and its answer did not come. */
public enum LostAnswer {
  /** Asking again does no harm. */
  ASK_AGAIN(ErrorCode.NODE_UNREACHABLE, ErrorCode.TIMED_OUT),
  /** Rows may have been written. */
  WRITE_UNKNOWN(ErrorCode.WRITE_OUTCOME_UNKNOWN, ErrorCode.WRITE_OUTCOME_UNKNOWN),
  /** A procedure may have been started. */
  METADATA_UNKNOWN(ErrorCode.METADATA_OUTCOME_UNKNOWN, ErrorCode.METADATA_OUTCOME_UNKNOWN);

  private final ErrorCode whenBroken;
  private final ErrorCode whenLate;

  LostAnswer(ErrorCode whenBroken, ErrorCode whenLate) {
    this.whenBroken = whenBroken;
    this.whenLate = whenLate;
  }

  ErrorCode whenBroken() {
    return whenBroken;
  }

  ErrorCode whenLate() {
    return whenLate;
  }
}
