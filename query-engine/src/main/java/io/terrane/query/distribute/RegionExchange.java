package io.terrane.query.distribute;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.TerraneException;
import io.terrane.query.exec.ExecutionContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.TransferPair;

/**
 * Reads several regions at a time and lends their batches in the order they arrive. A task reads
 * one batch and ends, so that nobody waits on the executor for a slow client; each region has at
 * most two batches here. The first error wins, and closing waits for the tasks in flight.
 */
final class RegionExchange implements BatchStream {
  private static final int BUFFERED_PER_REGION = 2;
  private static final long CANCEL_CHECK_MILLIS = 100;

  private final ExecutionContext context;
  private final ClusterAccess cluster;
  private final List<Source> sources = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Arrived> arrived = new ArrayDeque<>();
  private final Schema schema;
  private int nextToStart;
  private int unfinished;
  private int running;
  private TerraneException failure;
  private boolean closed;

  /** A region's reader; the flags are guarded by the lock. */
  private static final class Source {
    private final BatchStream reader;
    private boolean isRunning;
    private boolean isDone;
    private int buffered;

    Source(BatchStream reader) {
      this.reader = reader;
    }
  }

  private record Arrived(Source source, VectorSchemaRoot batch) {}

  RegionExchange(ExecutionContext context, ClusterAccess cluster, List<BatchStream> readers) {
    this.context = context;
    this.cluster = cluster;
    readers.forEach(reader -> sources.add(new Source(reader)));
    unfinished = sources.size();
    schema = readers.get(0).schema();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean advance(BatchSink sink) {
    Arrived next;
    while (true) {
      context.checkCancelled();
      startMore();
      lock.lock();
      try {
        if (failure != null) {
          throw failure;
        }
        next = arrived.poll();
        if (next != null) {
          next.source().buffered--;
          break;
        }
        if (unfinished == 0) {
          return false;
        }
        if (running > 0) {
          changed.await(CANCEL_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new TerraneException(
            io.terrane.api.error.ErrorCode.QUERY_INTERRUPTED,
            "Query execution was interrupted",
            interrupted);
      } finally {
        lock.unlock();
      }
    }
    try (VectorSchemaRoot batch = next.batch()) {
      startMore();
      sink.accept(batch);
    }
    return true;
  }

  /** Hands out tasks for regions with room, within the parallelism. */
  private void startMore() {
    List<Source> toRun = new ArrayList<>();
    lock.lock();
    try {
      for (Source source : sources.subList(0, nextToStart)) {
        if (isReady(source)) {
          toRun.add(source);
        }
      }
      long active = sources.subList(0, nextToStart).stream().filter(s -> !s.isDone).count();
      while (nextToStart < sources.size() && active < cluster.scanParallelism()) {
        toRun.add(sources.get(nextToStart++));
        active++;
      }
      for (Source source : toRun) {
        source.isRunning = true;
        running++;
      }
    } finally {
      lock.unlock();
    }
    for (Source source : toRun) {
      try {
        cluster.executor().execute(() -> readOne(source));
      } catch (RejectedExecutionException full) {
        readOne(source);
      }
    }
  }

  private boolean isReady(Source source) {
    return !source.isRunning
        && !source.isDone
        && !closed
        && failure == null
        && source.buffered < BUFFERED_PER_REGION;
  }

  private void readOne(Source source) {
    List<VectorSchemaRoot> taken = new ArrayList<>();
    TerraneException problem = null;
    boolean more = false;
    try {
      more = source.reader.advance(batch -> taken.add(take(batch)));
    } catch (RuntimeException thrown) {
      problem = TerraneException.of(thrown);
    }
    lock.lock();
    try {
      source.isRunning = false;
      running--;
      taken.forEach(batch -> arrived.add(new Arrived(source, batch)));
      source.buffered += taken.size();
      if (!more) {
        source.isDone = true;
        unfinished--;
      }
      if (problem != null && failure == null) {
        failure = problem;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private VectorSchemaRoot take(VectorSchemaRoot batch) {
    List<FieldVector> vectors = new ArrayList<>();
    for (FieldVector vector : batch.getFieldVectors()) {
      TransferPair pair = vector.getTransferPair(context.allocator());
      pair.transfer();
      vectors.add((FieldVector) pair.getTo());
    }
    return new VectorSchemaRoot(batch.getSchema(), vectors, batch.getRowCount());
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (running > 0) {
        changed.awaitUninterruptibly();
      }
      arrived.forEach(a -> a.batch().close());
      arrived.clear();
    } finally {
      lock.unlock();
    }
    sources.forEach(source -> source.reader.close());
  }
}
