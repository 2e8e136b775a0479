package io.terrane.query.exec;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.FrontendView;
import io.terrane.query.function.FunctionRegistry;
import io.terrane.query.spill.SpillSpace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What the operators of one statement share. Belongs to the statement's thread, except that whoever
 * set {@code cancelled} may flip it from elsewhere.
 */
public final class ExecutionContext {
  public static final int BATCH_ROWS_DEFAULT = 4096;
  private static final long PAUSE_SLICE_NANOS = 10_000_000;

  private final BufferAllocator allocator;
  private final FunctionRegistry functions;
  private final InstantSource clock;
  private final Instant statementTime;
  private final ZoneId timeZone;
  private final RandomGenerator random;
  private final BooleanSupplier cancelled;
  private final UnaryOperator<String> session;
  private final FrontendView frontend;
  private final int batchRows;
  private final SpillSpace spill;

  private ExecutionContext(Builder builder) {
    allocator = builder.allocator;
    functions = builder.functions;
    clock = builder.clock;
    statementTime = clock.instant();
    timeZone = builder.timeZone;
    random = builder.random;
    cancelled = builder.cancelled;
    session = builder.session;
    frontend = builder.frontend;
    batchRows = builder.batchRows;
    spill = builder.spill;
  }

  /** The allocator bounds the statement's memory and outlives its streams. */
  public static Builder builder(
      BufferAllocator allocator, FunctionRegistry functions, InstantSource clock) {
    return new Builder(allocator, functions, clock);
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  public FunctionRegistry functions() {
    return functions;
  }

  public InstantSource clock() {
    return clock;
  }

  /** What NOW() answers, the same for the whole statement. */
  public Instant statementTime() {
    return statementTime;
  }

  /** In which timestamps are read from and shown as text. */
  public ZoneId timeZone() {
    return timeZone;
  }

  public RandomGenerator random() {
    return random;
  }

  /** About how many rows a batch should have. */
  public int batchRows() {
    return batchRows;
  }

  /** Where operators put rows that do not fit into memory. */
  SpillSpace spill() {
    return spill;
  }

  /** QUERY_INTERRUPTED once the statement was cancelled. */
  public void checkCancelled() {
    if (cancelled.getAsBoolean()) {
      throw new TerraneException(ErrorCode.QUERY_INTERRUPTED, "Query execution was interrupted");
    }
  }

  /**
   * A fact of the session ({@code database}, {@code user}, {@code current_user}, {@code
   * connection_id}, {@code version}, {@code last_insert_id}, {@code found_rows}, {@code row_count},
   * {@code found_rows_wanted}, {@code cte_max_recursion_depth}), or null if it has none.
   */
  public String sessionValue(String name) {
    return session.apply(name);
  }

  /** What system tables show of this node. */
  public FrontendView frontend() {
    return frontend;
  }

  /** Blocks this thread for a time, ending early with QUERY_INTERRUPTED. */
  public void pause(Duration duration) {
    Instant until = clock.instant().plus(duration);
    while (clock.instant().isBefore(until)) {
      checkCancelled();
      Duration left = Duration.between(clock.instant(), until);
      boolean tail = left.compareTo(Duration.ofNanos(PAUSE_SLICE_NANOS)) < 0;
      LockSupport.parkNanos(tail ? Math.max(1, left.toNanos()) : PAUSE_SLICE_NANOS);
    }
  }

  /** Optional parts, with what a datanode's fragments use as defaults. */
  public static final class Builder {
    private final BufferAllocator allocator;
    private final FunctionRegistry functions;
    private final InstantSource clock;
    private ZoneId timeZone = ZoneOffset.UTC;
    private RandomGenerator random;
    private BooleanSupplier cancelled = () -> false;
    private UnaryOperator<String> session = name -> null;
    private FrontendView frontend = FrontendView.NONE;
    private int batchRows = BATCH_ROWS_DEFAULT;
    private SpillSpace spill = SpillSpace.none();

    private Builder(BufferAllocator allocator, FunctionRegistry functions, InstantSource clock) {
      this.allocator = allocator;
      this.functions = functions;
      this.clock = clock;
      this.random = new SplittableRandom(clock.instant().hashCode());
    }

    public Builder timeZone(ZoneId zone) {
      timeZone = zone;
      return this;
    }

    /** For RAND() and UUID(); without it they repeat for the same statement time. */
    public Builder random(RandomGenerator generator) {
      random = generator;
      return this;
    }

    /** Asked for every batch. */
    public Builder cancelled(BooleanSupplier flag) {
      cancelled = flag;
      return this;
    }

    public Builder session(UnaryOperator<String> values) {
      session = values;
      return this;
    }

    public Builder frontend(FrontendView view) {
      frontend = view;
      return this;
    }

    public Builder batchRows(int rows) {
      if (rows < 1) {
        throw new IllegalArgumentException("batch rows " + rows + " is not positive");
      }
      batchRows = rows;
      return this;
    }

    public Builder spill(SpillSpace space) {
      spill = space;
      return this;
    }

    public ExecutionContext build() {
      return new ExecutionContext(this);
    }
  }
}
