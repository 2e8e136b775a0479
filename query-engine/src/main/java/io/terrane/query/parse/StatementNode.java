package io.terrane.query.parse;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Carries a statement of ours through the generated parser, whose results are SqlNodes. */
final class StatementNode extends SqlCall {
  private static final SqlOperator OPERATOR =
      new SqlSpecialOperator("STATEMENT", SqlKind.OTHER_DDL);

  private final Statement statement;

  StatementNode(Statement statement) {
    super(SqlParserPos.ZERO);
    this.statement = statement;
  }

  Statement statement() {
    return statement;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of();
  }
}
