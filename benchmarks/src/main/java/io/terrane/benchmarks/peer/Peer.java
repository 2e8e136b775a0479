package io.terrane.benchmarks.peer;

import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.benchmarks.tsbs.Dialect;
import java.time.Duration;

/** A database under measurement, started for this run on a folder of its own. One thread. */
public interface Peer extends AutoCloseable {
  String title();

  Dialect dialect();

  /** Makes the table {@code cpu} and loads it; returns when the last row is acknowledged. */
  void load(CpuData data) throws Exception;

  /** Brings what was loaded into the form it has in the long run. */
  void settle() throws Exception;

  /** CPU time that the database's process has taken so far: this very process, if it runs here. */
  default Duration cpu() {
    return ServerProcess.cpu(ProcessHandle.current());
  }

  /** Runs a query and reads its answer to the end. */
  Answer query(String sql) throws Exception;

  @Override
  void close() throws Exception;
}
