package io.terrane.query.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;

/**
 * The names of a result's columns as they were written. The validator makes names unique by numbers
 * behind them; to clients two columns may well have the same one.
 *
 * @param items name per select item; empty where it has none
 * @param hasStar whether items stand for several columns
 */
record ResultNames(List<String> items, boolean hasStar) {
  /** To be asked before the validator, which changes the query, has seen it. */
  static ResultNames of(SqlNode query) {
    Optional<SqlSelect> select = select(query);
    if (select.isEmpty()) {
      return new ResultNames(List.of(), true);
    }
    List<String> items = new ArrayList<>();
    boolean hasStar = false;
    for (SqlNode item : select.get().getSelectList()) {
      SqlNode named = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
      boolean isStar = named instanceof SqlIdentifier identifier && identifier.isStar();
      hasStar |= isStar;
      items.add(
          named instanceof SqlIdentifier identifier && !isStar
              ? identifier.names.get(identifier.names.size() - 1)
              : "");
    }
    return new ResultNames(items, hasStar);
  }

  /** The select whose items name the columns. */
  private static Optional<SqlSelect> select(SqlNode query) {
    SqlNode node = query;
    while (!(node instanceof SqlSelect)) {
      if (node instanceof SqlOrderBy ordered) {
        node = ordered.query;
      } else if (node instanceof SqlWith with) {
        node = with.body;
      } else if (node instanceof SqlCall call && node.isA(SqlKind.SET_QUERY)) {
        node = call.operand(0);
      } else {
        return Optional.empty();
      }
    }
    return Optional.of((SqlSelect) node);
  }

  List<String> written(SqlNode validated, SqlValidator validator) {
    List<RelDataTypeField> unique = validator.getValidatedNodeType(validated).getFieldList();
    if (hasStar && items.size() == 1) {
      List<String> all = select(validated).map(s -> tableColumns(s, validator)).orElse(List.of());
      if (all.size() == unique.size()) { // else USING or NATURAL has made one column of two
        return all;
      }
    }
    return written(unique, validator.getFieldOrigins(validated));
  }

  /** The columns of all tables of FROM, in order. */
  private static List<String> tableColumns(SqlSelect select, SqlValidator validator) {
    SelectScope scope = validator.getRawSelectScope(select);
    return scope == null
        ? List.of()
        : scope.getChildren().stream()
            .flatMap(table -> table.getRowType().getFieldNames().stream())
            .toList();
  }

  /**
   * @param unique the validator's names
   * @param origins where a column comes from, its name last; null if from nowhere
   */
  private List<String> written(List<RelDataTypeField> unique, List<List<String>> origins) {
    Set<String> given = new HashSet<>();
    items.forEach(name -> given.add(name.toLowerCase(Locale.ROOT)));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < unique.size(); i++) {
      String name = unique.get(i).getName();
      if (!hasStar && items.size() == unique.size()) {
        names.add(items.get(i).isEmpty() ? name : items.get(i));
        continue;
      }
      List<String> origin = i < origins.size() ? origins.get(i) : null;
      String column = origin == null ? "" : origin.get(origin.size() - 1);
      boolean isNumbered =
          !column.isEmpty()
              && name.toLowerCase(Locale.ROOT).startsWith(column.toLowerCase(Locale.ROOT))
              && name.substring(column.length()).matches("\\d+")
              && !given.contains(name.toLowerCase(Locale.ROOT));
      names.add(isNumbered ? column : name);
    }
    return names;
  }
}
