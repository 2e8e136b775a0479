package io.terrane.api.time;

/** A monotonic clock: leases and deadlines are counted on it, never on the wall clock. */
@FunctionalInterface
public interface Ticker {
  /**
   * Nanoseconds since an arbitrary origin; never goes back; keeps running while a process sleeps.
   */
  long nanos();
}
