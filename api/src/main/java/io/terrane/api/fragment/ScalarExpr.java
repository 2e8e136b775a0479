package io.terrane.api.fragment;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Objects;

/**
 * An expression over the columns of one batch: the small language that also crosses the wire.
 * Operators, casts, CASE and functions are all {@link Call}s; the names and their semantics are the
 * function registry's of {@code query-engine}. A datanode that meets an unknown name refuses the
 * fragment.
 */
public sealed interface ScalarExpr {
  DataType type();

  /** The input's column at {@code index}. */
  record ColumnRef(int index, DataType type) implements ScalarExpr {
    public ColumnRef {
      Objects.requireNonNull(type, "type");
    }
  }

  /** A constant. */
  record Literal(Datum value) implements ScalarExpr {
    public Literal {
      Objects.requireNonNull(value, "value");
    }

    @Override
    public DataType type() {
      return value.type();
    }
  }

  /** A function of that name, giving {@code type}. */
  record Call(String function, List<ScalarExpr> arguments, DataType type) implements ScalarExpr {
    public Call {
      Objects.requireNonNull(function, "function");
      Objects.requireNonNull(type, "type");
      arguments = List.copyOf(arguments);
    }
  }
}
