package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator of the frontend over its inputs.
 *
 * @param text for EXPLAIN: the operator's name, or {@code name: arguments}
 * @param maker makes the operator, which then owns the opened inputs
 */
public record OperatorNode(
    String text, List<PhysicalNode> inputs, List<String> names, List<DataType> types, Maker maker)
    implements PhysicalNode {
  /** Makes one operator. */
  @FunctionalInterface
  public interface Maker {
    BatchStream make(ExecutionContext context, List<BatchStream> inputs);
  }

  public OperatorNode {
    inputs = List.copyOf(inputs);
    names = List.copyOf(names);
    types = List.copyOf(types);
  }

  @Override
  public OperatorText describe() {
    return OperatorText.of(text);
  }

  @Override
  public PhysicalNode over(List<PhysicalNode> others) {
    return new OperatorNode(text, others, names, types, maker);
  }

  @Override
  public BatchStream open(ExecutionContext context) {
    List<BatchStream> opened = new ArrayList<>();
    try {
      for (PhysicalNode input : inputs) {
        opened.add(input.open(context));
      }
      return maker.make(context, opened);
    } catch (RuntimeException failure) {
      opened.forEach(BatchStream::close);
      throw failure;
    }
  }
}
