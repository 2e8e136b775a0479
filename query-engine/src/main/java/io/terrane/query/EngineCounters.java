package io.terrane.query;

import java.util.concurrent.atomic.LongAdder;

/** What SHOW STATUS counts since the engine began. Thread-safe. */
final class EngineCounters {
  private final LongAdder connections = new LongAdder();
  private final LongAdder statements = new LongAdder();

  void connected() {
    connections.increment();
  }

  void began() {
    statements.increment();
  }

  /** Sessions that were opened. */
  long connections() {
    return connections.sum();
  }

  /** Statements that were run, or tried. */
  long statements() {
    return statements.sum();
  }
}
