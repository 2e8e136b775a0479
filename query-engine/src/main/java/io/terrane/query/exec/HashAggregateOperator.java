package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.table.DataType;
import io.terrane.query.expr.Batch;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.spill.SpillFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Groups rows by equal keys (NULL equals NULL) and aggregates each group; without keys there is one
 * group, also when there are no rows. Output: group columns, then one column per call, or for
 * PARTIAL its state columns. Groups come in the order of their first row, as long as all fit into
 * memory. When it gets tight, rows of groups that are not there yet go to disk, divided by their
 * keys, and are grouped when the others are done.
 */
public final class HashAggregateOperator extends Operator {
  private final BatchStream input;
  private final List<Integer> groupBy;
  private final List<AggregateCall> calls;
  private final AggregatePhase phase;
  private final MemoryWatch memory;
  private final Deque<Part> parts = new ArrayDeque<>();
  private Groups groups;
  private BatchStream source;
  private int level;
  private KeyPartitions strangers;
  private VectorSchemaRoot acquaintances;
  private boolean sourceRead;
  private int given;

  /** Rows that wait on disk. */
  private record Part(SpillFile rows, int level) {}

  /**
   * @param groupBy input columns; for FINAL the first columns are the groups, whatever is given
   *     here, and only its length counts
   * @param calls with argument columns of the original input in every phase
   * @param names one per group column and call; the state columns of a call in PARTIAL share its
   *     name, numbered
   */
  public HashAggregateOperator(
      ExecutionContext context,
      BatchStream input,
      List<Integer> groupBy,
      List<AggregateCall> calls,
      List<String> names,
      AggregatePhase phase) {
    this(phase, context, input, groups(groupBy, phase), calls, names);
  }

  private HashAggregateOperator(
      AggregatePhase phase,
      ExecutionContext context,
      BatchStream input,
      List<Integer> groupBy,
      List<AggregateCall> calls,
      List<String> names) {
    this(phase, context, input, groupBy, calls, names, open(context, input, groupBy, calls, phase));
  }

  private HashAggregateOperator(
      AggregatePhase phase,
      ExecutionContext context,
      BatchStream input,
      List<Integer> groupBy,
      List<AggregateCall> calls,
      List<String> names,
      List<GroupedCall> opened) {
    super(context, outputSchema(input, groupBy, opened, names, phase));
    this.input = input;
    this.source = input;
    this.groupBy = groupBy;
    this.calls = List.copyOf(calls);
    this.phase = phase;
    this.memory = new MemoryWatch(context);
    this.groups = new Groups(context, input.schema(), groupBy, opened);
  }

  private static List<Integer> groups(List<Integer> groupBy, AggregatePhase phase) {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < groupBy.size(); i++) {
      columns.add(phase == AggregatePhase.FINAL ? i : groupBy.get(i));
    }
    return columns;
  }

  private static List<GroupedCall> open(
      ExecutionContext context,
      BatchStream input,
      List<Integer> groupBy,
      List<AggregateCall> calls,
      AggregatePhase phase) {
    List<DataType> types = Batch.typesOf(input.schema());
    List<GroupedCall> opened = new ArrayList<>();
    int stateColumn = groupBy.size();
    for (AggregateCall call : calls) {
      AggregateFunction function =
          context
              .functions()
              .findAggregate(call.function())
              .orElseThrow(
                  () ->
                      new TerraneException(
                          ErrorCode.FUNCTION_NOT_FOUND,
                          "FUNCTION " + call.function() + " does not exist"));
      opened.add(GroupedCall.open(context, function, call, types, phase, stateColumn));
      stateColumn += function.stateCount();
    }
    return opened;
  }

  private static Schema outputSchema(
      BatchStream input,
      List<Integer> groupBy,
      List<GroupedCall> calls,
      List<String> names,
      AggregatePhase phase) {
    List<DataType> inputTypes = Batch.typesOf(input.schema());
    List<String> allNames = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < groupBy.size(); i++) {
      allNames.add(names.get(i));
      types.add(inputTypes.get(groupBy.get(i)));
    }
    for (int i = 0; i < calls.size(); i++) {
      String name = names.get(groupBy.size() + i);
      List<DataType> outputs = calls.get(i).outputTypes();
      for (int k = 0; k < outputs.size(); k++) {
        allNames.add(phase == AggregatePhase.PARTIAL ? name + "$" + k : name);
        types.add(outputs.get(k));
      }
    }
    return Vectors.schema(allNames, types);
  }

  @Override
  boolean next(BatchSink sink) {
    while (true) {
      if (!sourceRead) {
        read();
      }
      int count = Math.min(context().batchRows(), groups.size() - given);
      if (count > 0) {
        groups.fill(given, count, output());
        given += count;
        sink.accept(output());
        return true;
      }
      if (parts.isEmpty()) {
        return false;
      }
      startPart(parts.pop());
    }
  }

  private void read() {
    while (source.advance(this::take)) {
      context().checkCancelled();
    }
    if (strangers != null) {
      strangers.take().forEach(file -> parts.push(new Part(file, level + 1)));
      strangers = null;
    }
    groups.finish();
    sourceRead = true;
  }

  private void take(VectorSchemaRoot rows) {
    if (strangers != null) {
      divide(rows);
      return;
    }
    memory.begin();
    groups.take(rows);
    if (!groupBy.isEmpty() && level < KeyPartitions.LEVEL_MAX && memory.isTight()) {
      strangers = new KeyPartitions(context(), input.schema(), level);
    }
  }

  private void divide(VectorSchemaRoot rows) {
    int rowCount = rows.getRowCount();
    int[] known = new int[rowCount];
    int[] strange = new int[rowCount];
    int count = groups.split(rows, known, strange);
    strangers.add(rows, groups.keys(), strange, rowCount - count);
    if (count > 0) {
      if (acquaintances == null) {
        acquaintances = VectorSchemaRoot.create(input.schema(), context().allocator());
      }
      Vectors.gather(rows, known, count, acquaintances);
      groups.take(acquaintances);
    }
  }

  private void startPart(Part part) {
    groups.close();
    closeSource();
    source = part.rows().read(context().allocator());
    groups =
        new Groups(
            context(), input.schema(), groupBy, open(context(), input, groupBy, calls, phase));
    level = part.level();
    memory.reset();
    sourceRead = false;
    given = 0;
  }

  private void closeSource() {
    if (source != input) {
      source.close();
      source = input;
    }
  }

  @Override
  void release() {
    groups.close();
    if (strangers != null) {
      strangers.close();
    }
    if (acquaintances != null) {
      acquaintances.close();
    }
    closeSource();
    parts.forEach(part -> part.rows().close());
    input.close();
  }
}
