package io.terrane.log.testing;

/** What befalls one append. */
public enum LogFault {
  NONE,
  /** Nothing is written, and the writer learns that: LOG_UNAVAILABLE. */
  REFUSED,
  /** Written; the writer gets WRITE_OUTCOME_UNKNOWN. */
  ANSWER_LOST,
  /** Not written; the writer gets WRITE_OUTCOME_UNKNOWN. */
  RECORD_LOST
}
