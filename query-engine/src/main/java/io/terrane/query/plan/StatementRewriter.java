package io.terrane.query.plan;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.query.catalog.CatalogSnapshotReader;
import io.terrane.query.catalog.SnapshotTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Brings a parsed query into the form that the validator reads: tables by full name, views as
 * sub-queries, MySQL's operators and functions as those of the registry, values for parameters and
 * variables, loose grouping made explicit. One per statement; gives new nodes and leaves its input
 * as it was.
 */
final class StatementRewriter {
  /** Views on views. */
  private static final int VIEW_DEPTH_MAX = 32;

  private final CatalogSnapshotReader catalog;
  private final Function<String, SqlNode> viewParser;
  private final PlanContext context;
  private final ExpressionRewriter expressions;
  private final OperatorTable operators;
  private final Map<TableName, SnapshotTable> tables;
  private final CatalogUse names;
  private final Set<String> commonTables = new HashSet<>();
  private final int depth;
  private boolean exposesRowIds;
  private boolean recursive;

  StatementRewriter(
      CatalogSnapshotReader catalog,
      Function<String, SqlNode> viewParser,
      OperatorTable operators,
      PlanContext context) {
    this(catalog, viewParser, operators, context, new LinkedHashMap<>(), new CatalogUse(), 0);
  }

  private StatementRewriter(
      CatalogSnapshotReader catalog,
      Function<String, SqlNode> viewParser,
      OperatorTable operators,
      PlanContext context,
      Map<TableName, SnapshotTable> tables,
      CatalogUse names,
      int depth) {
    this.catalog = catalog;
    this.viewParser = viewParser;
    this.operators = operators;
    this.context = context;
    this.tables = tables;
    this.names = names;
    this.depth = depth;
    this.expressions = new ExpressionRewriter(operators, context, this::query);
  }

  /** Lets the query name the hidden row id of tables that have one. */
  StatementRewriter exposingRowIds() {
    exposesRowIds = true;
    return this;
  }

  /** Whether a rewritten query has a recursive common table. */
  boolean isRecursive() {
    return recursive;
  }

  /** All tables that rewritten queries read. */
  Collection<SnapshotTable> tables() {
    return tables.values();
  }

  /** What the names in rewritten queries meant. */
  CatalogUse names() {
    return names;
  }

  SqlNode query(SqlNode node) {
    return switch (node.getKind()) {
      case SELECT -> select((SqlSelect) node, List.of());
      case ORDER_BY -> orderBy((SqlOrderBy) node);
      case WITH -> with((SqlWith) node);
      case UNION, INTERSECT, EXCEPT -> {
        SqlCall call = (SqlCall) node;
        yield call.getOperator()
            .createCall(
                call.getParserPosition(), call.getOperandList().stream().map(this::query).toList());
      }
      case VALUES -> values((SqlCall) node);
      default ->
          throw new TerraneException(
              ErrorCode.UNSUPPORTED, "a query of the form " + node.getKind() + " is not supported");
    };
  }

  private SqlNode values(SqlCall values) {
    List<SqlNode> rows = new ArrayList<>();
    for (SqlNode row : values.getOperandList()) {
      SqlCall call = (SqlCall) row;
      rows.add(
          SqlStdOperatorTable.ROW.createCall(
              row.getParserPosition(), expressions.all(call.getOperandList())));
    }
    return SqlStdOperatorTable.VALUES.createCall(values.getParserPosition(), rows);
  }

  private SqlNode with(SqlWith with) {
    Set<String> outer = Set.copyOf(commonTables);
    Set<String> names = new HashSet<>();
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode node : with.withList) {
      SqlWithItem item = (SqlWithItem) node;
      if (!names.add(item.name.getSimple().toLowerCase(Locale.ROOT))) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT, "Not unique table/alias: '" + item.name + "'");
      }
      if (item.recursive.booleanValue()) {
        // It may read itself.
        recursive = true;
        commonTables.add(item.name.getSimple().toLowerCase(Locale.ROOT));
      }
      items.add(
          new SqlWithItem(
              item.getParserPosition(),
              item.name,
              item.columnList,
              query(
                  item.recursive.booleanValue() ? RecursiveTables.widened(item.query) : item.query),
              item.recursive));
      commonTables.add(item.name.getSimple().toLowerCase(Locale.ROOT));
    }
    SqlNode body = query(with.body);
    commonTables.retainAll(outer);
    return new SqlWith(
        with.getParserPosition(), new SqlNodeList(items, with.withList.getParserPosition()), body);
  }

  private SqlNode orderBy(SqlOrderBy node) {
    SqlNode fetch = node.fetch == null ? null : expressions.limit(node.fetch);
    SqlNode offset = node.offset == null ? null : expressions.limit(node.offset);
    if (node.query instanceof SqlSelect select && select.getOrderList() == null) {
      SqlSelect rewritten = select(select, node.orderList);
      rewritten.setFetch(fetch);
      rewritten.setOffset(offset);
      return rewritten;
    }
    SqlNodeList order =
        new SqlNodeList(expressions.all(node.orderList), node.orderList.getParserPosition());
    return new SqlOrderBy(node.getParserPosition(), query(node.query), order, offset, fetch);
  }

  private SqlSelect select(SqlSelect select, List<SqlNode> orderBy) {
    Optional<SqlCall> align = RangeSelect.align(select);
    if (align.isPresent()) {
      RangeSelect.Plain plain =
          RangeSelect.plain(select, orderBy, align.get(), rangeSource(select.getFrom()), operators);
      return select(plain.select(), plain.order());
    }
    SqlNode from = hasNoFrom(select) ? null : from(select.getFrom());
    List<SqlNode> items = expressions.all(select.getSelectList());
    List<SqlNode> order =
        expressions.all(orderBy.isEmpty() ? list(select.getOrderList()) : orderBy);
    List<SqlNode> windows = expressions.all(list(select.getWindowList()));
    CommonColumns columns = new CommonColumns(from, tables);
    SqlNode where =
        select.getWhere() == null
            ? null
            : columns.qualified(expressions.condition(select.getWhere()));
    SqlNode having = select.getHaving() == null ? null : expressions.condition(select.getHaving());
    SqlNodeList group =
        select.getGroup() == null
            ? null
            : new SqlNodeList(
                expressions.all(select.getGroup()), select.getGroup().getParserPosition());
    LooseGrouping loose = new LooseGrouping(operators, items, group, columns);
    if (loose.isAggregate(having)) {
      items = loose.items(items);
      having = having == null ? null : loose.having(having);
      order =
          order.isEmpty() && !select.isDistinct()
              ? RollupOrder.of(group, loose)
              : order.stream().map(loose::order).toList();
    } else if (having != null) {
      // Without groups HAVING is a WHERE that sees the select list's names.
      SqlNode filter = loose.inlined(having);
      where =
          where == null
              ? filter
              : SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, where, filter);
      having = null;
    }
    List<SqlNode> keywords =
        select.isDistinct()
            ? List.of(SqlSelectKeyword.DISTINCT.symbol(SqlParserPos.ZERO))
            : List.of();
    return new SqlSelect(
        select.getParserPosition(),
        new SqlNodeList(keywords, SqlParserPos.ZERO),
        new SqlNodeList(items, select.getSelectList().getParserPosition()),
        from,
        where,
        group,
        having,
        new SqlNodeList(windows, SqlParserPos.ZERO),
        null,
        order.isEmpty() ? null : new SqlNodeList(order, SqlParserPos.ZERO),
        select.getOffset() == null ? null : expressions.limit(select.getOffset()),
        select.getFetch() == null ? null : expressions.limit(select.getFetch()),
        SqlNodeList.EMPTY);
  }

  /** The time index that a range query over {@code from} means. */
  private RangeSelect.Source rangeSource(SqlNode from) {
    SqlNode node = from;
    while (node != null && (node.getKind() == SqlKind.AS || node.getKind() == SqlKind.TABLE_REF)) {
      node = ((SqlCall) node).operand(0);
    }
    if (node instanceof SqlSelect select) {
      RangeSelect.Source inner = rangeSource(select.getFrom());
      for (SqlNode item : select.getSelectList()) {
        SqlNode named = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
        if (named instanceof SqlIdentifier column
            && column.names.get(column.names.size() - 1).equalsIgnoreCase(inner.time())) {
          String name =
              ((SqlIdentifier) (item == named ? item : ((SqlCall) item).operand(1))).toString();
          return new RangeSelect.Source(
              name.substring(name.lastIndexOf('.') + 1), Optional.empty());
        }
      }
      return new RangeSelect.Source(inner.time(), Optional.empty());
    }
    if (node instanceof SqlIdentifier identifier) {
      SnapshotTable table = catalog.table(tableName(identifier, context.database()));
      Optional<String> time = table.stored().flatMap(stored -> stored.schema().timeIndex());
      if (time.isPresent()) {
        return new RangeSelect.Source(
            time.get(), Optional.of(table.stored().get().schema().primaryKey()));
      }
    }
    throw new TerraneException(
        ErrorCode.INVALID_ARGUMENT, "a range query wants a table with a time index");
  }

  private static boolean hasNoFrom(SqlSelect select) {
    return select.getFrom() == null
        || (select.getFrom() instanceof SqlIdentifier name
            && name.isSimple()
            && name.getSimple().equalsIgnoreCase("dual"));
  }

  private static List<SqlNode> list(SqlNodeList nodes) {
    return nodes == null ? List.of() : nodes;
  }

  private SqlNode from(SqlNode node) {
    return switch (node.getKind()) {
      case JOIN -> join((SqlJoin) node);
      case AS -> {
        SqlCall as = (SqlCall) node;
        List<SqlNode> operands = new ArrayList<>(as.getOperandList());
        SqlNode source = operands.get(0);
        operands.set(
            0,
            source instanceof SqlIdentifier name
                ? table(name, Optional.of(((SqlIdentifier) operands.get(1)).getSimple()))
                : from(source));
        if (operands.get(0).getKind() == SqlKind.AS) {
          if (operands.size() == 2) {
            yield operands.get(0);
          }
          operands.set(0, ((SqlCall) operands.get(0)).operand(0));
        }
        yield SqlStdOperatorTable.AS.createCall(as.getParserPosition(), operands);
      }
      case IDENTIFIER -> table((SqlIdentifier) node, Optional.empty());
      case TABLE_REF -> from(((SqlCall) node).operand(0));
      case LATERAL -> {
        SqlCall lateral = (SqlCall) node;
        yield lateral
            .getOperator()
            .createCall(lateral.getParserPosition(), from(lateral.operand(0)));
      }
      default -> query(node);
    };
  }

  private SqlNode join(SqlJoin join) {
    SqlNode condition = join.getCondition();
    if (condition != null && join.getConditionType() == JoinConditionType.ON) {
      condition = expressions.condition(condition);
    }
    boolean isCross =
        join.getJoinType() == JoinType.INNER
            && join.getConditionType() == JoinConditionType.NONE
            && !join.isNatural();
    return new SqlJoin(
        join.getParserPosition(),
        from(join.getLeft()),
        SqlLiteral.createBoolean(join.isNatural(), SqlParserPos.ZERO),
        (isCross ? JoinType.CROSS : join.getJoinType()).symbol(SqlParserPos.ZERO),
        from(join.getRight()),
        join.getConditionType().symbol(SqlParserPos.ZERO),
        condition);
  }

  private SqlNode table(SqlIdentifier identifier, Optional<String> alias) {
    SqlParserPos position = identifier.getParserPosition();
    if (identifier.isSimple()
        && commonTables.contains(identifier.getSimple().toLowerCase(Locale.ROOT))) {
      return identifier;
    }
    TableName name = tableName(identifier, context.database());
    names.add(context.catalog(), name);
    SqlIdentifier shown = new SqlIdentifier(alias.orElse(name.table()), position);
    Optional<ViewInfo> view = catalog.findView(name);
    if (view.isPresent()) {
      List<SqlNode> operands = new ArrayList<>(List.of(definition(view.get()), shown));
      view.get().columns().forEach(column -> operands.add(new SqlIdentifier(column, position)));
      return SqlStdOperatorTable.AS.createCall(position, operands);
    }
    SnapshotTable table = catalog.table(name);
    if (exposesRowIds) {
      table = table.withRowId();
    }
    tables.put(table.name(), table);
    SqlIdentifier full =
        new SqlIdentifier(List.of(table.name().database(), table.name().table()), position);
    return SqlStdOperatorTable.AS.createCall(position, full, shown);
  }

  private SqlNode definition(ViewInfo view) {
    if (depth >= VIEW_DEPTH_MAX) {
      throw new TerraneException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "view '" + view.name() + "' stands on more than " + VIEW_DEPTH_MAX + " others");
    }
    StatementRewriter inner =
        new StatementRewriter(
            catalog, viewParser, operators, context.in(view.database()), tables, names, depth + 1);
    return inner.query(viewParser.apply(view.definition()));
  }

  /** {@code t}, {@code db.t} or {@code greptime.db.t}. */
  static TableName tableName(SqlIdentifier identifier, String database) {
    List<String> names = identifier.names;
    String table = names.get(names.size() - 1);
    String owner = names.size() > 1 ? names.get(names.size() - 2) : database;
    if (owner.isEmpty()) {
      throw new TerraneException(ErrorCode.DATABASE_NOT_SELECTED, "No database selected");
    }
    return new TableName(owner, table);
  }
}
