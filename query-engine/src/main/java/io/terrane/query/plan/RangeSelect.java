package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.expr.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * A range query of GreptimeDB as a plain one. {@code ALIGN '5s'} makes a time slot begin every five
 * seconds; {@code max(v) RANGE '10s'} at a slot sees the rows from its begin on for ten seconds. So
 * each row belongs to as many slots as steps fit into the longest range: the table is joined with
 * their numbers, grouped by slot and BY columns, and aggregates of shorter ranges filter. Outside
 * of aggregates the time index means the slot.
 */
final class RangeSelect {
  /** Slots that one row may belong to. */
  private static final long SLOTS_MAX = 4096;

  /** What the parser calls {@code aggregate RANGE length}. */
  static final String RANGE = "#range";

  private static final String ALIGN = "#align";
  private static final SqlParserPos ZERO = SqlParserPos.ZERO;
  private static final SqlIdentifier SLOTS = new SqlIdentifier("#slots", ZERO);
  private static final SqlIdentifier SLOT = new SqlIdentifier("#slot", ZERO);

  /**
   * What is asked of the FROM clause.
   *
   * @param time name of the time index
   * @param keys the primary key; nothing where it is not known
   */
  record Source(String time, Optional<List<String>> keys) {}

  /** A select and its order. */
  record Plain(SqlSelect select, List<SqlNode> order) {}

  private final SqlSelect select;
  private final List<SqlNode> order;
  private final SqlCall align;
  private final Source source;
  private final OperatorTable operators;
  private final long step;
  private final long longest;
  private final SqlNode start;

  private RangeSelect(
      SqlSelect select,
      List<SqlNode> order,
      SqlCall align,
      Source source,
      OperatorTable operators) {
    this.select = select;
    this.order = order;
    this.align = align;
    this.source = source;
    this.operators = operators;
    this.step = nanos(align.operand(0));
    Ranges ranges = new Ranges();
    select.getSelectList().accept(ranges);
    order.forEach(node -> node.accept(ranges));
    this.longest = ranges.longest;
    if (longest == 0) {
      throw new TerraneException(
          ErrorCode.SYNTAX_ERROR, "ALIGN wants a RANGE behind at least one aggregate");
    }
    this.start = slotCall("range_slot");
  }

  /** The {@code ALIGN} of a select, if it is a range query. */
  static Optional<SqlCall> align(SqlSelect select) {
    SqlNodeList group = select.getGroup();
    if (group != null && group.size() == 1 && isCall(group.get(0), ALIGN)) {
      return Optional.of((SqlCall) group.get(0));
    }
    return Optional.empty();
  }

  static Plain plain(
      SqlSelect select,
      List<SqlNode> order,
      SqlCall align,
      Source source,
      OperatorTable operators) {
    return new RangeSelect(select, order, align, source, operators).plain();
  }

  private Plain plain() {
    Slotted slotted = new Slotted();
    List<SqlNode> items = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (SqlNode item : select.getSelectList()) {
      SqlNode rewritten = item.accept(slotted);
      if (rewritten != item && item instanceof SqlIdentifier name) {
        rewritten = as(rewritten, name.names.get(name.names.size() - 1));
      }
      if (rewritten.getKind() == SqlKind.AS) {
        names.add(((SqlCall) rewritten).operand(1).toString().toLowerCase(Locale.ROOT));
      }
      items.add(rewritten);
    }
    List<SqlNode> ordered =
        order.stream().map(node -> isNamed(node, names) ? node : node.accept(slotted)).toList();
    SqlNode from = select.getFrom();
    SqlNode where = select.getWhere();
    if (slots() > 1) {
      from = join(from);
    }
    if (longest % step != 0) {
      SqlNode covered = covers(longest);
      where = where == null ? covered : SqlStdOperatorTable.AND.createCall(ZERO, where, covered);
    }
    return new Plain(
        new SqlSelect(
            select.getParserPosition(),
            null,
            new SqlNodeList(items, select.getSelectList().getParserPosition()),
            from,
            where,
            new SqlNodeList(groups(slotted), align.getParserPosition()),
            null,
            null,
            null,
            null,
            null,
            null,
            null),
        ordered);
  }

  private boolean isNamed(SqlNode node, Set<String> names) {
    SqlNode key = node;
    while (key instanceof SqlCall call && call.operandCount() == 1) {
      key = call.operand(0);
    }
    return key instanceof SqlIdentifier name
        && name.isSimple()
        && names.contains(name.getSimple().toLowerCase(Locale.ROOT));
  }

  private List<SqlNode> groups(Slotted slotted) {
    List<SqlNode> groups = new ArrayList<>(List.of(start));
    List<SqlNode> operands = align.getOperandList();
    if (((SqlLiteral) operands.get(3)).booleanValue()) {
      operands.subList(4, operands.size()).stream()
          .filter(node -> !(node instanceof SqlLiteral)) // a constant is one group, not a position
          .forEach(node -> groups.add(node.accept(slotted)));
      return groups;
    }
    source
        .keys()
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.SYNTAX_ERROR, "ALIGN on a derived table wants BY (columns)"))
        .forEach(key -> groups.add(new SqlIdentifier(key, ZERO)));
    return groups;
  }

  private long slots() {
    long slots = (longest + step - 1) / step;
    if (slots > SLOTS_MAX) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "a RANGE spans more than " + SLOTS_MAX + " steps of ALIGN");
    }
    return slots;
  }

  private SqlNode join(SqlNode from) {
    List<SqlNode> rows = new ArrayList<>();
    for (long i = 0; i < slots(); i++) {
      rows.add(SqlStdOperatorTable.ROW.createCall(ZERO, number(i)));
    }
    SqlNode numbers =
        SqlStdOperatorTable.AS.createCall(
            ZERO, SqlStdOperatorTable.VALUES.createCall(ZERO, rows), SLOTS, SLOT);
    return new SqlJoin(
        ZERO,
        from,
        SqlLiteral.createBoolean(false, ZERO),
        JoinType.CROSS.symbol(ZERO),
        numbers,
        JoinConditionType.NONE.symbol(ZERO),
        null);
  }

  /** {@code function(time, step, slot, more…, origin)}. */
  private SqlNode slotCall(String function, SqlNode... more) {
    List<SqlNode> operands = new ArrayList<>();
    operands.add(new SqlIdentifier(source.time(), ZERO));
    operands.add(number(step));
    operands.add(slots() > 1 ? new SqlIdentifier(List.of("#slots", "#slot"), ZERO) : number(0));
    operands.addAll(List.of(more));
    SqlNode origin = align.operand(1);
    if (!isNull(origin)) {
      operands.add(origin);
    }
    return call(function, operands);
  }

  private SqlNode covers(long range) {
    return slotCall("range_covers", number(range));
  }

  private SqlNode aggregate(SqlCall range) {
    SqlNode aggregate = range.operand(0);
    long nanos = nanos(range.operand(1));
    if (!isNull(range.operand(2)) || !isNull(align.operand(2))) {
      throw new TerraneException(ErrorCode.UNSUPPORTED, "FILL of range queries is not supported");
    }
    aggregate.accept(new Plainness());
    if (isCall(aggregate, "first_value") || isCall(aggregate, "last_value")) {
      aggregate =
          SqlStdOperatorTable.WITHIN_GROUP.createCall(
              ZERO, aggregate, SqlNodeList.of(new SqlIdentifier(source.time(), ZERO)));
    }
    return nanos == longest
        ? aggregate
        : SqlStdOperatorTable.FILTER.createCall(ZERO, aggregate, covers(nanos));
  }

  /** Nanoseconds of a duration: a text, an interval, or a sum or difference of some. */
  private static long nanos(SqlNode duration) {
    Period period = period(duration);
    long nanos =
        Math.addExact(Math.multiplyExact(period.days(), 86_400_000_000_000L), period.nanos());
    if (period.months() != 0 || nanos <= 0) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "RANGE and ALIGN want a positive length without months, not " + duration);
    }
    return nanos;
  }

  private static Period period(SqlNode node) {
    switch (node.getKind()) {
      case PLUS, MINUS -> {
        Period right = period(((SqlCall) node).operand(1));
        Period left = period(((SqlCall) node).operand(0));
        return left.plus(node.getKind() == SqlKind.PLUS ? right : right.negated());
      }
      default -> {
        return Period.parse(
            ExpressionRewriter.periodText(node)
                .orElseThrow(
                    () ->
                        new TerraneException(
                            ErrorCode.INVALID_ARGUMENT,
                            "RANGE and ALIGN want a length of time, not " + node)));
      }
    }
  }

  private static boolean isNull(SqlNode node) {
    return node instanceof SqlLiteral literal && literal.getValue() == null;
  }

  private static boolean isCall(SqlNode node, String name) {
    return node instanceof SqlCall call && call.getOperator().getName().equalsIgnoreCase(name);
  }

  private static SqlNode number(long value) {
    return SqlLiteral.createExactNumeric(Long.toString(value), ZERO);
  }

  private static SqlNode as(SqlNode node, String name) {
    return SqlStdOperatorTable.AS.createCall(ZERO, node, new SqlIdentifier(name, ZERO));
  }

  private static SqlNode call(String name, List<SqlNode> operands) {
    return new SqlBasicCall(
        new SqlUnresolvedFunction(
            new SqlIdentifier(name, ZERO),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.USER_DEFINED_FUNCTION),
        operands,
        ZERO);
  }

  /** The longest range, which decides how many slots a row belongs to. */
  private static final class Ranges extends SqlShuttle {
    private long longest;

    @Override
    public SqlNode visit(SqlCall call) {
      if (isCall(call, RANGE)) {
        longest = Math.max(longest, nanos(call.operand(1)));
      }
      return super.visit(call);
    }
  }

  /** Refuses ranges in ranges and windows. */
  private static final class Plainness extends SqlShuttle {
    @Override
    public SqlNode visit(SqlCall call) {
      if (isCall(call, RANGE) || call.getKind() == SqlKind.OVER) {
        throw new TerraneException(
            ErrorCode.SYNTAX_ERROR, "a RANGE stands behind a plain aggregate only");
      }
      return super.visit(call);
    }
  }

  /** The time index as slot, ranges as aggregates. */
  private final class Slotted extends SqlShuttle {
    @Override
    public SqlNode visit(SqlIdentifier identifier) {
      String last = identifier.names.get(identifier.names.size() - 1);
      return last.equalsIgnoreCase(source.time()) ? start : identifier;
    }

    @Override
    public SqlNode visit(SqlCall call) {
      if (isCall(call, RANGE)) {
        return aggregate(call);
      }
      if (call.getKind() == SqlKind.AS) {
        return SqlStdOperatorTable.AS.createCall(
            call.getParserPosition(), call.operand(0).accept(this), call.operand(1));
      }
      if (operators.findAggregate(call.getOperator().getName()).isPresent()) {
        throw new TerraneException(
            ErrorCode.SYNTAX_ERROR, "an aggregate of a range query wants its RANGE: " + call);
      }
      return super.visit(call);
    }
  }
}
