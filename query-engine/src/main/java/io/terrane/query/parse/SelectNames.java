package io.terrane.query.parse;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Names select items that have no alias like MySQL does: texts with their value, all else with its
 * text as written. Changes the nodes in place.
 */
final class SelectNames extends SqlBasicVisitor<Void> {
  /** MySQL shortens longer names. */
  private static final int NAME_LENGTH_MAX = 256;

  private final StatementText text;

  SelectNames(StatementText text) {
    this.text = text;
  }

  SqlNode name(SqlNode query) {
    query.accept(this);
    return query;
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      List<SqlNode> items = new ArrayList<>();
      for (SqlNode item : select.getSelectList()) {
        items.add(named(item));
      }
      select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
    }
    return super.visit(call);
  }

  private SqlNode named(SqlNode item) {
    if (item.getKind() == SqlKind.AS) {
      return item;
    }
    if (item instanceof SqlIdentifier identifier) {
      return VariableName.of(identifier).isPresent() ? alias(item) : item;
    }
    if (item instanceof SqlLiteral literal
        && literal.getTypeName() == SqlTypeName.CHAR
        && !literal.toValue().isBlank()) {
      return named(item, literal.toValue());
    }
    return alias(item);
  }

  private SqlNode alias(SqlNode item) {
    SqlParserPos position = item.getParserPosition();
    String name = text.item(position).orElse("");
    if (name.isEmpty()) {
      return item;
    }
    return named(item, name);
  }

  private static SqlNode named(SqlNode item, String name) {
    SqlParserPos position = item.getParserPosition();
    String shortened = name.length() > NAME_LENGTH_MAX ? name.substring(0, NAME_LENGTH_MAX) : name;
    return SqlStdOperatorTable.AS.createCall(
        position, item, new SqlIdentifier(shortened, position));
  }
}
