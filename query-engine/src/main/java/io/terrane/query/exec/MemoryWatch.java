package io.terrane.query.exec;

/**
 * Tells an operator when to put what it holds on disk: half of the statement's memory is taken, and
 * this operator has a share in it that is worth the while. One thread.
 */
final class MemoryWatch {
  private static final long NOT_BEGUN = -1;

  private final ExecutionContext context;
  private long before = NOT_BEGUN;

  MemoryWatch(ExecutionContext context) {
    this.context = context;
  }

  /** To be called before the operator holds anything; later calls change nothing. */
  void begin() {
    if (before == NOT_BEGUN) {
      before = taken();
    }
  }

  /** The operator holds nothing any more and will begin again. */
  void reset() {
    before = NOT_BEGUN;
  }

  boolean isTight() {
    long limit = context.allocator().getLimit();
    return context.spill().isThere() && taken() > limit / 2 && taken() - before > limit / 16;
  }

  private long taken() {
    return context.allocator().getAllocatedMemory();
  }
}
