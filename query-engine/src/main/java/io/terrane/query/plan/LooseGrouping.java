package io.terrane.query.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Litmus;

/**
 * MySQL without ONLY_FULL_GROUP_BY: a column that is neither grouped nor aggregated stands for any
 * of the group's values, which ANY_VALUE says outright. Works by names alone; where it wraps a
 * column that is grouped after all, the result is the same.
 */
final class LooseGrouping {
  private final OperatorTable operators;
  private final SqlNodeList group;
  private final List<SqlNode> grouped = new ArrayList<>();
  private final Set<String> aliases = new HashSet<>();
  private final List<SqlNode> items;
  private final CommonColumns columns;

  /**
   * @param items the select list
   * @param group null if there is no GROUP BY
   * @param columns of FROM, which names in GROUP BY and in aggregates mean first
   */
  LooseGrouping(
      OperatorTable operators, List<SqlNode> items, SqlNodeList group, CommonColumns columns) {
    this.operators = operators;
    this.items = items;
    this.group = group;
    this.columns = columns;
    for (SqlNode item : items) {
      alias(item).ifPresent(aliases::add);
    }
    if (group != null) {
      group.forEach(this::addGroup);
    }
  }

  private static Optional<String> alias(SqlNode item) {
    return item.getKind() == SqlKind.AS
        ? Optional.of(
            ((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple().toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static SqlNode withoutAlias(SqlNode item) {
    return item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
  }

  private void addGroup(SqlNode node) {
    switch (node.getKind()) {
      case ROLLUP, CUBE, GROUPING_SETS, ROW ->
          ((SqlCall) node).getOperandList().forEach(this::addGroup);
      default -> {
        grouped.add(node);
        if (node instanceof SqlNumericLiteral number && number.isInteger()) {
          int ordinal = number.intValue(false);
          if (ordinal >= 1 && ordinal <= items.size()) {
            grouped.add(withoutAlias(items.get(ordinal - 1)));
          }
        }
        if (node instanceof SqlIdentifier name
            && name.isSimple()
            && !columns.has(name.getSimple())) {
          aliased(name).ifPresent(grouped::add);
        }
      }
    }
  }

  private Optional<SqlNode> aliased(SqlIdentifier name) {
    String folded = name.getSimple().toLowerCase(Locale.ROOT);
    return items.stream()
        .filter(item -> alias(item).filter(folded::equals).isPresent())
        .map(LooseGrouping::withoutAlias)
        .findFirst();
  }

  /** The expression that a group's key stands for: itself, or the select item that it names. */
  Optional<SqlNode> meant(SqlNode key) {
    if (key instanceof SqlIdentifier name && name.isSimple() && !columns.has(name.getSimple())) {
      return aliased(name);
    }
    return Optional.of(key);
  }

  boolean isAggregate(SqlNode having) {
    return group != null
        || items.stream().anyMatch(LooseGrouping::hasAggregate)
        || (having != null && hasAggregate(having));
  }

  private static boolean hasAggregate(SqlNode node) {
    boolean[] found = {false};
    node.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
              return null;
            }
            if (call.getKind() == SqlKind.OVER) {
              ((SqlCall) call.operand(0)).getOperandList().forEach(o -> o.accept(this));
              return null;
            }
            found[0] |= call.getOperator().isAggregator();
            return super.visit(call);
          }
        });
    return found[0];
  }

  List<SqlNode> items(List<SqlNode> select) {
    Wrapper wrapper = new Wrapper(name -> Optional.empty());
    return select.stream().map(item -> item.accept(wrapper)).toList();
  }

  /** An expression of ORDER BY, which may name what the select list names. */
  SqlNode order(SqlNode node) {
    return node.accept(
        new Wrapper(
            name ->
                name.isSimple() && aliases.contains(name.getSimple().toLowerCase(Locale.ROOT))
                    ? Optional.of(name)
                    : Optional.empty()));
  }

  /**
   * The condition of HAVING: outside of aggregates, a name that is not grouped is the select list's
   * first of that name before it is a column (manual, "SELECT Statement").
   */
  SqlNode having(SqlNode node) {
    Wrapper item = new Wrapper(name -> Optional.empty());
    return node.accept(
        new Wrapper(
            name ->
                name.isSimple() && !isGrouped(name)
                    ? aliased(name).map(named -> named.accept(item))
                    : Optional.empty()) {
          @Override
          SqlNode aggregate(SqlCall call) {
            return call.accept(
                new SqlShuttle() {
                  @Override
                  public SqlNode visit(SqlIdentifier name) {
                    return columns.inFull(name);
                  }
                });
          }
        });
  }

  /** An expression with names of the select list replaced by what they name. */
  SqlNode inlined(SqlNode node) {
    return node.accept(
        new SqlShuttle() {
          @Override
          public SqlNode visit(SqlIdentifier id) {
            return id.isSimple() ? aliased(id).orElse(id) : id;
          }

          @Override
          public SqlNode visit(SqlCall call) {
            return call.isA(SqlKind.QUERY) ? call : super.visit(call);
          }
        });
  }

  private boolean isGrouped(SqlNode node) {
    return grouped.stream().anyMatch(item -> sameColumn(item, node));
  }

  private static boolean sameColumn(SqlNode item, SqlNode node) {
    if (item instanceof SqlIdentifier left && node instanceof SqlIdentifier right) {
      String leftName = left.names.get(left.names.size() - 1);
      String rightName = right.names.get(right.names.size() - 1);
      boolean sameTable =
          left.names.size() != right.names.size()
              || left.names.size() == 1
              || left.names.get(0).equalsIgnoreCase(right.names.get(0));
      return sameTable && leftName.equalsIgnoreCase(rightName);
    }
    return item.equalsDeep(node, Litmus.IGNORE);
  }

  private class Wrapper extends SqlShuttle {
    private final Function<SqlIdentifier, Optional<SqlNode>> named;

    /**
     * @param named what a name of the select list becomes
     */
    Wrapper(Function<SqlIdentifier, Optional<SqlNode>> named) {
      this.named = named;
    }

    @Override
    public SqlNode visit(SqlIdentifier id) {
      if (id.isStar()) {
        return id;
      }
      Optional<SqlNode> item = named.apply(id);
      if (item.isPresent() || isGrouped(id)) {
        return item.orElse(id);
      }
      return operators
          .findAggregate("any_value")
          .orElseThrow()
          .createCall(id.getParserPosition(), id);
    }

    @Override
    public SqlNode visit(SqlLiteral literal) {
      return literal;
    }

    @Override
    public SqlNode visit(SqlCall call) {
      if (call.isA(SqlKind.QUERY) || isGrouped(call)) {
        return call;
      }
      switch (call.getKind()) {
        case AS -> {
          List<SqlNode> operands = new ArrayList<>(call.getOperandList());
          operands.set(0, operands.get(0).accept(this));
          return call.getOperator().createCall(call.getParserPosition(), operands);
        }
        case OVER -> {
          SqlCall function = call.operand(0);
          SqlNode inner =
              function
                  .getOperator()
                  .createCall(
                      function.getFunctionQuantifier(),
                      function.getParserPosition(),
                      function.getOperandList().stream().map(o -> o.accept(this)).toList());
          return call.getOperator()
              .createCall(call.getParserPosition(), inner, call.operand(1).accept(this));
        }
        case WINDOW -> {
          SqlWindow window = (SqlWindow) call;
          return new SqlWindow(
              window.getParserPosition(),
              window.getDeclName(),
              window.getRefName(),
              (SqlNodeList) window.getPartitionList().accept(this),
              (SqlNodeList) window.getOrderList().accept(this),
              SqlLiteral.createBoolean(window.isRows(), window.getParserPosition()),
              window.getLowerBound(),
              window.getUpperBound(),
              null,
              window.getExclude());
        }
        case WITHIN_GROUP, FILTER -> {
          return call;
        }
        default -> {
          return call.getOperator().isAggregator() ? aggregate(call) : super.visit(call);
        }
      }
    }

    SqlNode aggregate(SqlCall call) {
      return call;
    }
  }
}
