package io.terrane.objectstore.testing;

/** What befalls one call. */
public enum StoreFault {
  NONE,
  /** No effect; STORE_UNAVAILABLE. */
  FAILS_BEFORE,
  /** The call takes effect, but the answer is STORE_UNAVAILABLE. */
  FAILS_AFTER,
  /** The call begins later. */
  SLOW
}
