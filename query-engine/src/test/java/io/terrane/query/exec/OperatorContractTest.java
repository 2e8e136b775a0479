package io.terrane.query.exec;

import static io.terrane.query.exec.OperatorFixture.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.SortKey;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every operator owes: closes its input, frees its memory at any time, passes failures on. */
final class OperatorContractTest {
  private static final List<SortKey> BY_FIRST = List.of(new SortKey(0, false, true));
  private static final List<String> TWO = List.of("a", "b");
  private static final ScalarExpr TRUE = new ScalarExpr.Literal(Datum.of(true));

  record Subject(String name, BiFunction<OperatorFixture, BatchStream, BatchStream> open) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Subject> operators() {
    return Stream.of(
        new Subject("filter", (f, in) -> new FilterOperator(f.context(), in, TRUE)),
        new Subject(
            "project",
            (f, in) ->
                new ProjectOperator(
                    f.context(),
                    in,
                    List.of(OperatorFixture.column(0, DataType.INT64), TRUE),
                    TWO)),
        new Subject("limit", (f, in) -> new LimitOperator(f.context(), in, 1, 100)),
        new Subject("sort", (f, in) -> new SortOperator(f.context(), in, BY_FIRST, 0, -1)),
        new Subject(
            "union", (f, in) -> new UnionAllOperator(f.context(), List.of(some(f), in), TWO)),
        new Subject(
            "aggregate",
            (f, in) ->
                new HashAggregateOperator(
                    f.context(),
                    in,
                    List.of(1),
                    List.of(
                        new AggregateCall(
                            "max",
                            List.of(0),
                            true,
                            OptionalInt.empty(),
                            BY_FIRST,
                            DataType.INT64)),
                    TWO,
                    AggregatePhase.SINGLE)),
        new Subject(
            "hash join left",
            (f, in) ->
                new HashJoinOperator(
                    f.context(),
                    in,
                    some(f),
                    JoinKind.FULL,
                    List.of(0),
                    List.of(0),
                    Optional.of(TRUE),
                    List.of("a", "b", "c", "d"))),
        new Subject(
            "loop join right",
            (f, in) ->
                new NestedLoopJoinOperator(
                    f.context(), some(f), in, JoinKind.ANTI, Optional.of(TRUE), TWO)),
        new Subject(
            "except",
            (f, in) -> new SetOperator(f.context(), SetKind.EXCEPT, SetMode.ALL, some(f), in)),
        new Subject(
            "window",
            (f, in) ->
                new WindowOperator(
                    f.context(),
                    in,
                    List.of(1),
                    BY_FIRST,
                    List.of(
                        new WindowCall("max", List.of(0), WindowFrame.UP_TO_PEERS, DataType.INT64)),
                    List.of("a", "b", "c"))));
  }

  private static BatchStream some(OperatorFixture fixture) {
    return fixture.rows(
        List.of(DataType.INT64, DataType.STRING),
        row(3, "x"),
        row(1, null),
        row(2, "y"),
        row(9, "x"));
  }

  @ParameterizedTest
  @MethodSource("operators")
  void closesItsInputAndFreesItsMemory(Subject subject) {
    for (int batches = 0; batches < 3; batches++) {
      try (OperatorFixture fixture = new OperatorFixture()) {
        Watched input = new Watched(some(fixture), Integer.MAX_VALUE);
        BatchStream operator = subject.open().apply(fixture, input);
        for (int i = 0; i < batches; i++) {
          operator.advance(batch -> assertThat(batch.getSchema()).isEqualTo(operator.schema()));
        }
        operator.close();
        operator.close();
        assertThat(input.closed).isTrue();
        assertThat(operator.advance(batch -> {})).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void passesFailuresOn(Subject subject) {
    try (OperatorFixture fixture = new OperatorFixture()) {
      Watched input = new Watched(some(fixture), 1);
      try (BatchStream operator = subject.open().apply(fixture, input)) {
        assertThatThrownBy(
                () -> {
                  while (operator.advance(batch -> {})) {
                    // Reads on to the failure.
                  }
                })
            .isInstanceOfSatisfying(
                TerraneException.class,
                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NODE_UNREACHABLE));
      }
      assertThat(input.closed).isTrue();
    }
  }

  /** An input that fails after some batches and knows whether it was closed. */
  private static final class Watched implements BatchStream {
    private final BatchStream input;
    private int batchesLeft;
    private boolean closed;

    Watched(BatchStream input, int batchesLeft) {
      this.input = input;
      this.batchesLeft = batchesLeft;
    }

    @Override
    public Schema schema() {
      return input.schema();
    }

    @Override
    public boolean advance(BatchSink sink) {
      if (batchesLeft-- == 0) {
        throw new TerraneException(ErrorCode.NODE_UNREACHABLE, "node 3 does not answer");
      }
      return input.advance(sink);
    }

    @Override
    public void close() {
      closed = true;
      input.close();
    }
  }
}
