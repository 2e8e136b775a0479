package io.terrane.datanode.sst;

import io.terrane.datanode.cache.FileRange;
import io.terrane.datanode.cache.ReadAhead;
import io.terrane.objectstore.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Gives the stored columns of a file's batches, one batch after the other, asking for the next ones
 * meanwhile. Blocks on the bucket. One thread.
 */
final class ChunkReader implements AutoCloseable {
  private final SstReader reader;
  private final ObjectKey file;
  private final List<BatchMeta> batches;

  /** The columns of each batch that were expected to be asked for, in file order. */
  private final List<List<Integer>> planned = new ArrayList<>();

  /** None if nothing was expected. */
  private final ReadAhead ahead;

  /** What was stepped over in the present batch, and may be asked for yet. */
  private final Map<Integer, byte[]> passed = new HashMap<>();

  private int batch;
  private int next;

  /**
   * @param wanted which columns of a batch will be asked for
   */
  ChunkReader(
      SstReader reader,
      ObjectKey file,
      List<BatchMeta> batches,
      BiPredicate<BatchMeta, Integer> wanted) {
    this.reader = reader;
    this.file = file;
    this.batches = batches;
    List<FileRange> parts = new ArrayList<>();
    long firstBytes = 0;
    for (BatchMeta meta : batches) {
      List<Integer> columns = new ArrayList<>();
      int before = parts.size();
      for (int column = 0; column < meta.columns().size(); column++) {
        if (wanted.test(meta, column)) {
          columns.add(column);
          parts.add(SstReader.chunkRange(file, meta, column));
        }
      }
      planned.add(columns);
      if (before == 0 && !parts.isEmpty()) {
        firstBytes = parts.get(parts.size() - 1).end() - parts.get(0).offset();
      }
    }
    this.ahead = parts.isEmpty() ? null : reader.ahead(parts, firstBytes);
  }

  /** Bytes of a column of the present batch, checked. */
  byte[] take(int column) {
    byte[] known = passed.remove(column);
    if (known != null) {
      return known;
    }
    List<Integer> columns = planned.get(batch);
    if (!columns.subList(next, columns.size()).contains(column)) {
      return reader.read(SstReader.chunkRange(file, batches.get(batch), column));
    }
    while (columns.get(next) != column) {
      passed.put(columns.get(next++), ahead.next());
    }
    next++;
    return ahead.next();
  }

  /** Goes to the next batch; what was not asked for of the present one is not wanted. */
  void nextBatch() {
    for (int skipped = planned.get(batch).size() - next; skipped > 0; skipped--) {
      ahead.skip();
    }
    passed.clear();
    next = 0;
    batch++;
  }

  @Override
  public void close() {
    if (ahead != null) {
      ahead.close();
    }
  }
}
