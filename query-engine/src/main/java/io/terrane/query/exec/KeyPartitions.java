package io.terrane.query.exec;

import io.terrane.query.spill.SpillFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows on disk by the hash of their keys: rows with equal keys are in one file. Files that are
 * still too large are divided again, at the next level by another hash. One thread.
 */
final class KeyPartitions implements AutoCloseable {
  static final int COUNT = 16;

  /** Where dividing ends: what 16^4 parts do not make small enough has keys that are equal. */
  static final int LEVEL_MAX = 4;

  private final List<SpillFile> files = new ArrayList<>();
  private final int[][] selected = new int[COUNT][];
  private final int[] counts = new int[COUNT];
  private final VectorSchemaRoot part;
  private final int level;

  KeyPartitions(ExecutionContext context, Schema schema, int level) {
    this.level = level;
    this.part = VectorSchemaRoot.create(schema, context.allocator());
    try {
      for (int i = 0; i < COUNT; i++) {
        files.add(context.spill().create(schema));
      }
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /** Copies all rows of a batch. */
  void add(VectorSchemaRoot batch, KeyEncoder keys) {
    int[] all = new int[batch.getRowCount()];
    for (int row = 0; row < all.length; row++) {
      all[row] = row;
    }
    add(batch, keys, all, all.length);
  }

  /**
   * Copies the rows of a batch at the first {@code count} of {@code rows}.
   *
   * @param keys of all rows of the batch
   */
  void add(VectorSchemaRoot batch, KeyEncoder keys, int[] rows, int count) {
    for (int i = 0; i < COUNT; i++) {
      counts[i] = 0;
      if (selected[i] == null || selected[i].length < count) {
        selected[i] = new int[count];
      }
    }
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      int file = fileOf(KeyTable.hash(keys.data(), keys.start(row), keys.end(row)));
      selected[file][counts[file]++] = row;
    }
    for (int i = 0; i < COUNT; i++) {
      if (counts[i] > 0) {
        Vectors.gather(batch, selected[i], counts[i], part);
        files.get(i).append(part);
      }
    }
  }

  /** Hash tables use the same hash, so that it is mixed again for each level. */
  private int fileOf(int hash) {
    int mixed = (hash ^ level * 0x9e3779b9) * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    return (mixed ^ mixed >>> 16) & COUNT - 1;
  }

  /** All files, which are the caller's from now on, also those without rows. */
  List<SpillFile> take() {
    List<SpillFile> all = List.copyOf(files);
    files.clear();
    close();
    return all;
  }

  @Override
  public void close() {
    part.close();
    files.forEach(SpillFile::close);
    files.clear();
  }
}
