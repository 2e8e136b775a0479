package io.terrane.query.function.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.table.DataType;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.expr.Column;
import io.terrane.query.function.Accumulator;
import io.terrane.query.function.AggregateFunction;
import io.terrane.query.function.Arguments;
import java.util.Arrays;
import java.util.List;

/**
 * JSON_ARRAYAGG(value) and JSON_OBJECTAGG(name, value): a document of a group's values, NULLs as
 * null, NULL of none. Of a name that comes several times the last value counts.
 */
record DocumentAggregate(String name, int argumentCount) implements AggregateFunction {
  /** What a node takes beside the text it was read from, about. */
  private static final int NODE_BYTES = 64;

  static List<AggregateFunction> all() {
    return List.of(
        new DocumentAggregate("json_arrayagg", 1), new DocumentAggregate("json_objectagg", 2));
  }

  @Override
  public DataType resultType(List<DataType> arguments) {
    Arguments.count(name, arguments, argumentCount, argumentCount);
    return DataType.STRING;
  }

  @Override
  public List<DataType> inputTypes(List<DataType> arguments) {
    return arguments.stream().map(type -> DataType.STRING).toList();
  }

  /** The order of elements is not known where they are. */
  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public Accumulator accumulator(ExecutionContext context, List<DataType> inputs, DataType result) {
    return new Documents(argumentCount == 2);
  }

  private static final class Documents implements Accumulator {
    private final boolean isObject;
    private ContainerNode<?>[] documents = {};
    private long bytes;

    Documents(boolean isObject) {
      this.isObject = isObject;
    }

    @Override
    public void grow(int groups) {
      if (documents.length < groups) {
        documents = Arrays.copyOf(documents, Math.max(groups, 2 * documents.length));
      }
    }

    @Override
    public void add(Column[] arguments, int[] groupOfRow, int rows) {
      for (int i = 0; i < rows; i++) {
        int group = groupOfRow[i];
        if (group >= 0) {
          add(group, arguments, i);
        }
      }
    }

    private void add(int group, Column[] arguments, int row) {
      if (documents[group] == null) {
        documents[group] =
            isObject ? JsonNodeFactory.instance.objectNode() : JsonNodeFactory.instance.arrayNode();
        bytes += NODE_BYTES;
      }
      JsonNode value = DocumentEdits.value(arguments[arguments.length - 1], row);
      for (Column argument : arguments) {
        bytes += NODE_BYTES + argument.lengthAt(row);
      }
      if (isObject) {
        ((ObjectNode) documents[group]).set(DocumentEdits.name(arguments[0], row), value);
      } else {
        ((ArrayNode) documents[group]).add(value);
      }
    }

    @Override
    public void merge(Column[] states, int[] groupOfRow, int rows) {
      throw new IllegalStateException("documents are not split");
    }

    @Override
    public void state(int group, Column[] out, int row) {
      throw new IllegalStateException("documents are not split");
    }

    @Override
    public void result(int group, Column out, int row) {
      if (documents[group] == null) {
        out.setNull(row);
      } else {
        out.setString(row, JsonText.writeSpaced(documents[group]));
      }
    }

    @Override
    public long heapBytes() {
      return 8L * documents.length + bytes;
    }
  }
}
