package io.terrane.benchmarks.engine;

import io.terrane.datanode.DatanodeConfig;
import io.terrane.log.LogConfig;
import io.terrane.log.SharedLog;
import io.terrane.log.SharedLogs;
import io.terrane.objectstore.ObjectStore;
import io.terrane.objectstore.ObjectStoreConfig;
import io.terrane.objectstore.ObjectStores;
import io.terrane.server.assembly.ThreadPools;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Threads, memory, a bucket in a folder and the clocks that measurements of one process share. */
final class Bench implements AutoCloseable {
  private static final int QUERY_THREADS = 4;

  final ThreadPools pools = new ThreadPools(QUERY_THREADS);
  final BufferAllocator allocator = new RootAllocator();
  final ObjectStore store;
  private final Path folder;

  Bench(Path folder) {
    this.folder = folder;
    this.store =
        ObjectStores.open(
            ObjectStoreConfig.local(folder.resolve("bucket")),
            pools.io(),
            pools.scheduler(),
            ThreadPools.random());
  }

  LogConfig localLog() {
    return LogConfig.local(folder.resolve("log"), 1);
  }

  /** Opens a log and its topics; the caller closes it. */
  SharedLog open(LogConfig config) {
    SharedLog log = SharedLogs.open(config, pools.io(), pools.scheduler());
    log.createTopics(config.allTopics()).join();
    return log;
  }

  RegionEngine engine(DatanodeConfig config, long epoch, LogConfig logConfig, SharedLog log) {
    return new RegionEngine(config, epoch, logConfig, log, store, allocator, pools);
  }

  long nanos() {
    return ThreadPools.ticker().nanos();
  }

  /** Since a moment. */
  double secondsSince(long nanos) {
    return (nanos() - nanos) / 1e9;
  }

  /** CPU time of this process so far, in seconds. */
  static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /** Heap in use after a collection. */
  static long heapBytes() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() throws Exception {
    store.close();
    allocator.close();
    pools.close();
  }
}
