package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import io.terrane.query.expr.VectorExpr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What both joins share: the right input is held, the left one streams; candidate pairs are found
 * by the subclass, pass the condition, and become rows; then come those without a partner.
 */
abstract class JoinOperator extends Operator {
  private enum Step {
    BUILD,
    NEXT_LEFT,
    PAIRS,
    LEFT_ALONE,
    RIGHT_ALONE,
    IN_PARTS,
    DONE
  }

  private final BatchStream left;
  private final BatchStream right;
  private final JoinKind kind;
  private final int leftColumns;
  private final VectorExpr condition;
  private final RowBuffer held;
  private final VectorSchemaRoot leftRows;
  private final VectorSchemaRoot pairs;
  private final Batch pairBatch;
  private final BitSet rightMatched = new BitSet();
  private final int[] leftOf;
  private final int[] rightOf;
  private boolean[] leftMatched = {};
  private Step step = Step.BUILD;
  private int leftAlone;
  private int rightAlone;
  private BatchStream parts;

  JoinOperator(
      ExecutionContext context,
      BatchStream left,
      BatchStream right,
      JoinKind kind,
      Optional<ScalarExpr> condition,
      List<String> names) {
    super(context, outputSchema(left, right, kind, names));
    this.left = left;
    this.right = right;
    this.kind = kind;
    this.leftColumns = left.schema().getFields().size();
    List<DataType> pairTypes = new ArrayList<>(Batch.typesOf(left.schema()));
    pairTypes.addAll(Batch.typesOf(right.schema()));
    this.condition =
        condition.map(expr -> Predicates.compile(context, expr, pairTypes)).orElse(null);
    this.pairBatch = new Batch(pairTypes);
    List<Field> pairFields = new ArrayList<>(left.schema().getFields());
    pairFields.addAll(right.schema().getFields());
    this.held = new RowBuffer(context.allocator(), right.schema());
    this.leftRows = VectorSchemaRoot.create(left.schema(), context.allocator());
    this.pairs = VectorSchemaRoot.create(new Schema(pairFields), context.allocator());
    this.leftOf = new int[context.batchRows()];
    this.rightOf = new int[context.batchRows()];
  }

  private static Schema outputSchema(
      BatchStream left, BatchStream right, JoinKind kind, List<String> names) {
    List<DataType> types = new ArrayList<>(Batch.typesOf(left.schema()));
    if (kind.givesPairs()) {
      types.addAll(Batch.typesOf(right.schema()));
    }
    return Vectors.schema(names, types);
  }

  /** Learns of rows of the right input, numbered from {@code first}. */
  abstract void build(VectorSchemaRoot batch, int first);

  /** Starts over with a batch of the left input. */
  abstract void probe(VectorSchemaRoot batch);

  /** Writes candidate pairs of the probed batch, at most {@code max}; 0 when there are no more. */
  abstract int nextPairs(int[] leftOfPair, int[] rightOfPair, int max);

  /**
   * Another way to join, if the right input is too large to be held; it reads the rest of both
   * inputs, and {@code held} is not needed any more.
   */
  Optional<BatchStream> inParts(RowBuffer held, BatchStream left, BatchStream right) {
    return Optional.empty();
  }

  /** Frees what {@link #build} holds; may be called again. */
  abstract void releaseBuild();

  final int heldRows() {
    return held.rows();
  }

  @Override
  final boolean next(BatchSink sink) {
    while (true) {
      context().checkCancelled();
      switch (step) {
        case BUILD -> {
          step = Step.NEXT_LEFT;
          while (step == Step.NEXT_LEFT && right.advance(this::hold)) {
            context().checkCancelled();
            Optional<BatchStream> instead = inParts(held, left, right);
            if (instead.isPresent()) {
              parts = instead.get();
              step = Step.IN_PARTS;
            }
          }
        }
        case IN_PARTS -> {
          return parts.advance(sink);
        }
        case NEXT_LEFT -> {
          if (left.advance(this::startProbe)) {
            step = Step.PAIRS;
          } else {
            step = kind.keepsRight() ? Step.RIGHT_ALONE : Step.DONE;
          }
        }
        case PAIRS -> {
          int found = nextPairs(leftOf, rightOf, leftOf.length);
          if (found == 0) {
            step = Step.LEFT_ALONE;
            leftAlone = 0;
          } else {
            int kept = check(found);
            if (kept > 0 && kind.givesPairs()) {
              give(kept, sink);
              return true;
            }
          }
        }
        case LEFT_ALONE -> {
          int count = collectLeftAlone();
          if (count == 0) {
            step = Step.NEXT_LEFT;
          } else {
            give(count, sink);
            return true;
          }
        }
        case RIGHT_ALONE -> {
          int count = collectRightAlone();
          if (count == 0) {
            step = Step.DONE;
          } else {
            give(count, sink);
            return true;
          }
        }
        case DONE -> {
          return false;
        }
      }
    }
  }

  private void hold(VectorSchemaRoot batch) {
    int first = held.rows();
    held.append(batch);
    build(batch, first);
  }

  private void startProbe(VectorSchemaRoot batch) {
    int rows = batch.getRowCount();
    int[] all = new int[rows];
    for (int i = 0; i < rows; i++) {
      all[i] = i;
    }
    Vectors.gather(batch, all, rows, leftRows);
    leftMatched = new boolean[rows];
    probe(leftRows);
  }

  /** Drops the pairs that fail the condition and remembers who found a partner. */
  private int check(int found) {
    int kept = found;
    if (condition != null) {
      gatherPairs(found, pairs);
      int[] passing = new int[found];
      kept = Predicates.select(condition.evaluate(pairBatch.load(pairs)), found, passing);
      for (int i = 0; i < kept; i++) {
        leftOf[i] = leftOf[passing[i]];
        rightOf[i] = rightOf[passing[i]];
      }
    }
    for (int i = 0; i < kept; i++) {
      leftMatched[leftOf[i]] = true;
      if (kind.keepsRight()) {
        rightMatched.set(rightOf[i]);
      }
    }
    return kept;
  }

  private int collectLeftAlone() {
    if (kind == JoinKind.INNER || kind == JoinKind.RIGHT) {
      return 0;
    }
    boolean wanted = kind == JoinKind.SEMI;
    int count = 0;
    while (leftAlone < leftMatched.length && count < leftOf.length) {
      if (leftMatched[leftAlone] == wanted) {
        leftOf[count++] = leftAlone;
      }
      leftAlone++;
    }
    Arrays.fill(rightOf, 0, count, -1);
    return count;
  }

  private int collectRightAlone() {
    int count = 0;
    while (rightAlone < held.rows() && count < rightOf.length) {
      if (!rightMatched.get(rightAlone)) {
        rightOf[count++] = rightAlone;
      }
      rightAlone++;
    }
    Arrays.fill(leftOf, 0, count, -1);
    return count;
  }

  private void give(int count, BatchSink sink) {
    gatherPairs(count, output());
    sink.accept(output());
  }

  private void gatherPairs(int count, VectorSchemaRoot to) {
    int columns = to.getFieldVectors().size();
    for (int i = 0; i < columns; i++) {
      if (i < leftColumns) {
        Vectors.gather(
            new FieldVector[] {leftRows.getVector(i)},
            Vectors.ONE_CHUNK,
            leftOf,
            count,
            to.getVector(i));
      } else {
        held.gather(i - leftColumns, rightOf, count, to.getVector(i));
      }
    }
    to.setRowCount(count);
  }

  @Override
  final void release() {
    if (parts != null) {
      parts.close();
    }
    releaseBuild();
    held.close();
    leftRows.close();
    pairs.close();
    left.close();
    right.close();
  }
}
