package io.terrane.query.plan;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.parse.StatementTemplate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Replaces constants of a query by slots where the plan cannot depend on their values: compared
 * with something in a WHERE, and in LIMIT. Elsewhere a value may name a column, decide a type, or
 * make two expressions the same, so it stays. Gives new nodes.
 */
final class SlotLifting extends SqlShuttle {
  private final StatementTemplate template;
  private final List<Datum> parameters;
  private final BitSet lifted = new BitSet();

  SlotLifting(StatementTemplate template, List<Datum> parameters) {
    this.template = template;
    this.parameters = parameters;
  }

  SqlNode lift(SqlNode query) {
    return query.accept(this);
  }

  /** The slots that have been lifted. */
  BitSet lifted() {
    return lifted;
  }

  @Override
  public SqlNode visit(SqlCall call) {
    SqlNode visited = super.visit(call);
    if (visited instanceof SqlSelect select) {
      SqlSelect copy = (SqlSelect) select.clone(select.getParserPosition());
      if (copy.getWhere() != null) {
        copy.setWhere(condition(copy.getWhere()));
      }
      copy.setFetch(count(copy.getFetch()));
      copy.setOffset(count(copy.getOffset()));
      return copy;
    }
    if (visited instanceof SqlOrderBy order) {
      return new SqlOrderBy(
          order.getParserPosition(),
          order.query,
          order.orderList,
          count(order.offset),
          count(order.fetch));
    }
    return visited;
  }

  private SqlNode condition(SqlNode node) {
    if (!(node instanceof SqlCall call)) {
      return node;
    }
    return switch (call.getKind()) {
      case AND, OR, NOT -> with(call, call.getOperandList().stream().map(this::condition).toList());
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          BETWEEN ->
          with(call, call.getOperandList().stream().map(this::value).toList());
      case IN, NOT_IN -> {
        if (!(call.operand(1) instanceof SqlNodeList list)) {
          yield call;
        }
        SqlNodeList values =
            new SqlNodeList(list.stream().map(this::value).toList(), list.getParserPosition());
        yield with(call, List.of(call.operand(0), values));
      }
      case LIKE -> {
        List<SqlNode> operands = new ArrayList<>(call.getOperandList());
        operands.set(1, value(operands.get(1)));
        yield with(call, operands);
      }
      default -> call;
    };
  }

  private static SqlNode with(SqlCall call, List<SqlNode> operands) {
    return call.getOperator().createCall(call.getParserPosition(), operands);
  }

  private SqlNode value(SqlNode node) {
    return slot(node).map(slot -> (SqlNode) slot.createCall(node.getParserPosition())).orElse(node);
  }

  private SqlNode count(SqlNode node) {
    if (node == null) {
      return null;
    }
    return slot(node)
        .filter(slot -> slot.type().equals(DataType.INT32) || slot.type().equals(DataType.INT64))
        .map(slot -> (SqlNode) slot.createCall(node.getParserPosition()))
        .orElse(node);
  }

  private Optional<SlotOperator> slot(SqlNode node) {
    boolean isConstant =
        node instanceof SqlLiteral literal
            && (literal.getTypeName() == SqlTypeName.CHAR
                || literal.getTypeName() == SqlTypeName.DECIMAL);
    if (!isConstant && !(node instanceof SqlDynamicParam)) {
      return Optional.empty();
    }
    SqlParserPos position = node.getParserPosition();
    OptionalInt slot = template.slotAt(position);
    if (slot.isEmpty()) {
      return Optional.empty();
    }
    Optional<Datum> value = template.value(slot.getAsInt(), parameters);
    value.ifPresent(known -> lifted.set(slot.getAsInt()));
    return value.map(known -> new SlotOperator(slot.getAsInt(), known.type()));
  }
}
