package io.terrane.query.exec;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.Casts;
import io.terrane.query.expr.Column;
import io.terrane.query.expr.ColumnExpr;
import io.terrane.query.expr.CommonType;
import io.terrane.query.expr.VectorExpr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A join on equal keys, which are compared as {@code =} would (see {@link CommonType}). NULL
 * matches nothing.
 */
public final class HashJoinOperator extends JoinOperator {
  private final Shape shape;
  private final int level;
  private final MemoryWatch memory;
  private final Keys leftKeys;
  private final Keys rightKeys;
  private final KeyTable table;
  private final MemoryAccount account;
  private int[] firstOfKey = new int[64];
  private int[] lastOfKey = new int[64];
  private int[] nextOfRow = new int[64];
  private int leftCount;
  private int leftAt;
  private int chain;

  /**
   * @param residual over left columns then right columns, what must hold besides the keys
   * @param names of the output columns: left then right, or left only for SEMI and ANTI
   */
  public HashJoinOperator(
      ExecutionContext context,
      BatchStream left,
      BatchStream right,
      JoinKind kind,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      Optional<ScalarExpr> residual,
      List<String> names) {
    this(context, left, right, new Shape(kind, leftKeys, rightKeys, residual, names), 0);
  }

  /** What the joins of all parts have in common. */
  record Shape(
      JoinKind kind,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      Optional<ScalarExpr> residual,
      List<String> names) {}

  /**
   * @param level how often the inputs were divided
   */
  HashJoinOperator(
      ExecutionContext context, BatchStream left, BatchStream right, Shape shape, int level) {
    super(context, left, right, shape.kind(), shape.residual(), shape.names());
    this.shape = shape;
    this.level = level;
    this.memory = new MemoryWatch(context);
    List<Integer> leftKeys = shape.leftKeys();
    List<Integer> rightKeys = shape.rightKeys();
    List<DataType> leftTypes = Batch.typesOf(left.schema());
    List<DataType> rightTypes = Batch.typesOf(right.schema());
    List<DataType> common = new ArrayList<>();
    for (int i = 0; i < leftKeys.size(); i++) {
      common.add(
          CommonType.toCompare(leftTypes.get(leftKeys.get(i)), rightTypes.get(rightKeys.get(i))));
    }
    this.leftKeys = new Keys(context, leftTypes, leftKeys, common);
    this.rightKeys = new Keys(context, rightTypes, rightKeys, common);
    this.table = new KeyTable(new MemoryAccount(context.allocator()));
    this.account = new MemoryAccount(context.allocator());
  }

  /** The encoded keys of one side. */
  private static final class Keys {
    private final Batch batch;
    private final List<VectorExpr> columns = new ArrayList<>();
    private final KeyEncoder encoder;

    Keys(
        ExecutionContext context,
        List<DataType> types,
        List<Integer> indexes,
        List<DataType> common) {
      batch = new Batch(types);
      for (int i = 0; i < indexes.size(); i++) {
        int index = indexes.get(i);
        columns.add(
            Casts.implicit(context, new ColumnExpr(index, types.get(index)), common.get(i)));
      }
      encoder = KeyEncoder.of(common);
    }

    KeyEncoder encode(VectorSchemaRoot root) {
      batch.load(root);
      Column[] values =
          columns.stream().map(column -> column.evaluate(batch)).toArray(Column[]::new);
      encoder.encode(values, root.getRowCount());
      return encoder;
    }
  }

  @Override
  void build(VectorSchemaRoot root, int first) {
    memory.begin();
    int rows = root.getRowCount();
    if (nextOfRow.length < first + rows) {
      nextOfRow = Arrays.copyOf(nextOfRow, Math.max(first + rows, 2 * nextOfRow.length));
    }
    KeyEncoder keys = rightKeys.encode(root);
    for (int i = 0; i < rows; i++) {
      if (!keys.hasNull(i)) {
        chain(table.findOrAdd(keys.data(), keys.start(i), keys.end(i)), first + i);
      }
    }
    account.hold(4L * nextOfRow.length + 8L * firstOfKey.length);
  }

  private void chain(int key, int row) {
    if (key >= firstOfKey.length) {
      firstOfKey = Arrays.copyOf(firstOfKey, 2 * firstOfKey.length);
      lastOfKey = Arrays.copyOf(lastOfKey, firstOfKey.length);
    }
    // Rows are held as row + 1, so that 0 ends a chain.
    if (firstOfKey[key] == 0) {
      firstOfKey[key] = row + 1;
    } else {
      nextOfRow[lastOfKey[key] - 1] = row + 1;
    }
    lastOfKey[key] = row + 1;
  }

  @Override
  void probe(VectorSchemaRoot root) {
    leftKeys.encode(root);
    leftCount = root.getRowCount();
    leftAt = -1;
    chain = 0;
  }

  @Override
  int nextPairs(int[] leftOfPair, int[] rightOfPair, int max) {
    KeyEncoder keys = leftKeys.encoder;
    int count = 0;
    while (count < max) {
      if (chain != 0) {
        leftOfPair[count] = leftAt;
        rightOfPair[count++] = chain - 1;
        chain = nextOfRow[chain - 1];
      } else if (++leftAt >= leftCount) {
        leftAt = leftCount;
        break;
      } else if (!keys.hasNull(leftAt)) {
        int key = table.find(keys.data(), keys.start(leftAt), keys.end(leftAt));
        chain = key < 0 ? 0 : firstOfKey[key];
      }
    }
    return count;
  }

  /**
   * Divides both inputs by the hash of their keys as soon as memory gets tight (the GRACE join:
   * Kitsuregawa et al., 1983).
   */
  @Override
  Optional<BatchStream> inParts(RowBuffer held, BatchStream left, BatchStream right) {
    if (level == KeyPartitions.LEVEL_MAX || !memory.isTight()) {
      return Optional.empty();
    }
    try (KeyPartitions rights = new KeyPartitions(context(), right.schema(), level);
        KeyPartitions lefts = new KeyPartitions(context(), left.schema(), level)) {
      for (int i = 0; i < held.chunks(); i++) {
        rights.add(held.chunk(i), rightKeys.encode(held.chunk(i)));
      }
      held.close();
      releaseBuild();
      while (right.advance(rows -> rights.add(rows, rightKeys.encode(rows)))) {
        context().checkCancelled();
      }
      while (left.advance(rows -> lefts.add(rows, leftKeys.encode(rows)))) {
        context().checkCancelled();
      }
      return Optional.of(
          new PartitionedJoin(context(), schema(), shape, lefts.take(), rights.take(), level + 1));
    }
  }

  @Override
  void releaseBuild() {
    table.close();
    account.close();
  }
}
