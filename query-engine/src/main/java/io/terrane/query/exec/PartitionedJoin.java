package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.query.spill.SpillFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** Joins that follow one another, of files whose rows have partners in one another only. */
final class PartitionedJoin extends Operator {
  private final HashJoinOperator.Shape shape;
  private final Deque<SpillFile> lefts;
  private final Deque<SpillFile> rights;
  private final int level;
  private BatchStream present;

  /**
   * @param lefts as many as {@code rights}, and freed by this operator
   */
  PartitionedJoin(
      ExecutionContext context,
      Schema schema,
      HashJoinOperator.Shape shape,
      List<SpillFile> lefts,
      List<SpillFile> rights,
      int level) {
    super(context, schema);
    this.shape = shape;
    this.lefts = new ArrayDeque<>(lefts);
    this.rights = new ArrayDeque<>(rights);
    this.level = level;
  }

  @Override
  boolean next(BatchSink sink) {
    while (present != null || !lefts.isEmpty()) {
      context().checkCancelled();
      if (present == null) {
        present = join(lefts.poll(), rights.poll());
      }
      if (present.advance(sink)) {
        return true;
      }
      present.close();
      present = null;
    }
    return false;
  }

  private BatchStream join(SpillFile left, SpillFile right) {
    BatchStream leftRows = left.read(context().allocator());
    BatchStream rightRows = right.read(context().allocator());
    try {
      return new HashJoinOperator(context(), leftRows, rightRows, shape, level);
    } catch (RuntimeException failure) {
      leftRows.close();
      rightRows.close();
      throw failure;
    }
  }

  @Override
  void release() {
    if (present != null) {
      present.close();
    }
    lefts.forEach(SpillFile::close);
    rights.forEach(SpillFile::close);
  }
}
