package io.terrane.server.sim;

import java.util.OptionalLong;

/** What a client did to a key, and what it was told. */
final class Operation {
  /** What a client knows of a write. */
  enum Outcome {
    UNDER_WAY,
    /** It was told that it is done. */
    DONE,
    /** It was told that nothing happened. */
    REFUSED,
    /** It was told that nobody knows. */
    UNKNOWN
  }

  final int frontend;
  final long begunNanos;
  final OptionalLong value;
  Outcome outcome = Outcome.UNDER_WAY;
  long endedNanos = Long.MAX_VALUE;

  /**
   * @param value that the key has from then on; empty: none
   */
  Operation(int frontend, long begunNanos, OptionalLong value) {
    this.frontend = frontend;
    this.begunNanos = begunNanos;
    this.value = value;
  }

  void end(Outcome how, long nanos) {
    outcome = how;
    endedNanos = nanos;
  }

  @Override
  public String toString() {
    return (value.isPresent() ? "put " + value.getAsLong() : "delete")
        + " at frontend "
        + frontend
        + " from "
        + begunNanos / 1e9
        + (outcome == Outcome.UNDER_WAY ? "" : " to " + endedNanos / 1e9)
        + " "
        + outcome;
  }
}
