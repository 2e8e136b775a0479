package io.terrane.datanode.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Rows picked from several batches, in the order in which they are to be copied, kept as runs of
 * neighbours. The batches must stay alive until {@link #gather} has run. Not thread-safe.
 */
public final class RowSelection {
  private static final int RUNS_AT_FIRST = 64;

  private FieldVector[][] sources = new FieldVector[RUNS_AT_FIRST][];
  private int[] firsts = new int[RUNS_AT_FIRST];
  private int[] counts = new int[RUNS_AT_FIRST];

  /** How many rows lie before each run. */
  private int[] starts = new int[RUNS_AT_FIRST];

  private int runs;
  private int size;

  public void add(FieldVector[] source, int row) {
    add(source, row, 1);
  }

  /** Picks {@code count} rows of a batch from {@code first} on. */
  public void add(FieldVector[] source, int first, int count) {
    int last = runs - 1;
    if (runs > 0 && sources[last] == source && firsts[last] + counts[last] == first) {
      counts[last] += count;
      size += count;
      return;
    }
    if (runs == firsts.length) {
      sources = Arrays.copyOf(sources, runs * 2);
      firsts = Arrays.copyOf(firsts, runs * 2);
      counts = Arrays.copyOf(counts, runs * 2);
      starts = Arrays.copyOf(starts, runs * 2);
    }
    sources[runs] = source;
    firsts[runs] = first;
    counts[runs] = count;
    starts[runs++] = size;
    size += count;
  }

  public int size() {
    return size;
  }

  public FieldVector[] source(int i) {
    return sources[run(i)];
  }

  public int row(int i) {
    int run = run(i);
    return firsts[run] + i - starts[run];
  }

  private int run(int i) {
    int found = Arrays.binarySearch(starts, 0, runs, i);
    return found >= 0 ? found : -found - 2;
  }

  public void clear() {
    Arrays.fill(sources, 0, runs, null);
    runs = 0;
    size = 0;
  }

  /**
   * The output columns of the picked rows as a batch, which the caller closes: where they are one
   * run it shares the memory of what they were picked from.
   */
  public VectorSchemaRoot view(Projection projection, BufferAllocator allocator) {
    if (runs != 1) {
      return gather(projection, allocator);
    }
    Schema schema = projection.outputSchema();
    List<FieldVector> slices = new ArrayList<>();
    try {
      for (int i = 0; i < schema.getFields().size(); i++) {
        FieldVector whole = sources[0][projection.output(i)];
        FieldVector slice = schema.getFields().get(i).createVector(whole.getAllocator());
        slices.add(slice);
        RunView.of(whole, firsts[0], size, slice);
      }
      return new VectorSchemaRoot(schema, slices, size);
    } catch (RuntimeException e) {
      slices.forEach(FieldVector::close);
      throw e;
    }
  }

  /** Copies the output columns of the picked rows into a new batch, which the caller closes. */
  public VectorSchemaRoot gather(Projection projection, BufferAllocator allocator) {
    Schema schema = projection.outputSchema();
    VectorSchemaRoot target = VectorSchemaRoot.create(schema, allocator);
    try {
      for (int i = 0; i < schema.getFields().size(); i++) {
        gather(projection.output(i), target.getVector(i));
      }
      target.setRowCount(size);
      return target;
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  /**
   * Copies one column of the picked rows, which lies at {@code place} of their batches. Replaces
   * {@code target}.
   */
  public void gather(int place, FieldVector target) {
    RunCopy.copy(sources, place, firsts, counts, runs, size, target);
  }
}
