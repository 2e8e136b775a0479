package io.terrane.query.plan;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableName;
import io.terrane.query.catalog.SnapshotTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * The columns that USING and NATURAL make one of two: a condition may name them without a table,
 * which the validator only understands in the select list. They stand for the column of the side
 * that the join keeps (manual, "JOIN Clause").
 */
final class CommonColumns {
  /** A table of a join; its columns are empty where only the validator knows them. */
  private record Source(String alias, Optional<Set<String>> columns) {
    boolean mayHave(String column) {
      return columns.isEmpty() || columns.get().contains(column);
    }
  }

  private final Map<TableName, SnapshotTable> tables;
  private final Map<String, String> owners = new HashMap<>();
  private final List<Source> sources;

  /**
   * @param from rewritten, so that every table has an alias; null if there is none
   */
  CommonColumns(SqlNode from, Map<TableName, SnapshotTable> tables) {
    this.tables = tables;
    this.sources = from == null ? List.of() : read(from);
  }

  /** Whether a table of FROM is known to have a column of that name. */
  boolean has(String name) {
    return sources.stream()
        .anyMatch(source -> source.columns().filter(c -> c.contains(folded(name))).isPresent());
  }

  /**
   * A column's name with the one table that is known to have it; as it is where that is unclear.
   */
  SqlIdentifier inFull(SqlIdentifier name) {
    if (!name.isSimple() || sources.stream().anyMatch(source -> source.columns().isEmpty())) {
      return name;
    }
    List<Source> having =
        sources.stream().filter(source -> source.mayHave(folded(name.getSimple()))).toList();
    return having.size() == 1
        ? new SqlIdentifier(
            List.of(having.get(0).alias(), name.getSimple()), name.getParserPosition())
        : name;
  }

  /** The condition with every common column named in full. */
  SqlNode qualified(SqlNode condition) {
    if (owners.isEmpty()) {
      return condition;
    }
    return condition.accept(
        new SqlShuttle() {
          @Override
          public SqlNode visit(SqlIdentifier id) {
            String owner = id.isSimple() ? owners.get(folded(id.getSimple())) : null;
            return owner == null
                ? id
                : new SqlIdentifier(List.of(owner, id.getSimple()), id.getParserPosition());
          }

          @Override
          public SqlNode visit(SqlCall call) {
            return call.isA(SqlKind.QUERY) ? call : super.visit(call);
          }
        });
  }

  private List<Source> read(SqlNode node) {
    if (!(node instanceof SqlJoin join)) {
      return source(node).map(List::of).orElse(List.of());
    }
    List<Source> left = read(join.getLeft());
    List<Source> right = read(join.getRight());
    for (String column : common(join, left, right)) {
      List<Source> kept = join.getJoinType() == JoinType.RIGHT ? right : left;
      if (kept == right || !owners.containsKey(column)) {
        kept.stream()
            .filter(source -> source.mayHave(column))
            .findFirst()
            .ifPresent(source -> owners.put(column, source.alias()));
      }
    }
    List<Source> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }

  private static Set<String> common(SqlJoin join, List<Source> left, List<Source> right) {
    Set<String> common = new HashSet<>();
    if (join.getConditionType() == JoinConditionType.USING) {
      for (SqlNode name : (SqlNodeList) join.getCondition()) {
        common.add(folded(((SqlIdentifier) name).getSimple()));
      }
    } else if (join.isNatural()) {
      left.forEach(source -> source.columns().ifPresent(common::addAll));
      Set<String> others = new HashSet<>();
      right.forEach(source -> source.columns().ifPresent(others::addAll));
      common.retainAll(others);
    }
    return common;
  }

  private Optional<Source> source(SqlNode node) {
    if (node.getKind() != SqlKind.AS) {
      return Optional.empty();
    }
    SqlCall as = (SqlCall) node;
    Optional<Set<String>> columns = Optional.empty();
    if (as.operand(0) instanceof SqlIdentifier name && name.names.size() == 2) {
      SnapshotTable table = tables.get(new TableName(name.names.get(0), name.names.get(1)));
      columns = Optional.ofNullable(table).map(CommonColumns::columns);
    }
    return Optional.of(new Source(((SqlIdentifier) as.operand(1)).getSimple(), columns));
  }

  private static Set<String> columns(SnapshotTable table) {
    Set<String> names = new HashSet<>();
    for (ColumnSchema column : table.columns()) {
      names.add(folded(column.name()));
    }
    return names;
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
