package io.terrane.api.error;

/**
 * What the caller should do about an error. A new kind needs a design note; a new code does not.
 */
public enum ErrorKind {
  /** The request is wrong; sending it again will not help. */
  USER,
  /** Nothing happened; the same request may succeed later, perhaps elsewhere. */
  RETRY,
  /** It is not known whether the request took effect; whoever retries accepts that. */
  OUTCOME_UNKNOWN,
  /** A limit (memory, time, connections) was reached; nothing happened. */
  RESOURCE,
  /** Stored bytes are not what was written; an operator must look. */
  CORRUPTION,
  /** A defect of ours, or a component that failed in a way nobody foresaw. */
  INTERNAL
}
