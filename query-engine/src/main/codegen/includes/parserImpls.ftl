/**
 * One statement and the end of the text: queries, UPDATE and DELETE by the standard grammar, all
 * else by StatementReader over this parser's tokens.
 */
JAVACODE SqlNode TerraneStatementEof() {
    SqlNode statement = StatementReader.isStandard(this)
        ? SqlStmt()
        : new StatementReader(new TokenCursor(this)).read();
    jj_consume_token(EOF);
    return statement;
}

JAVACODE SqlNode TerraneExpression() {
    return Expression(ExprContext.ACCEPT_SUB_QUERY);
}

JAVACODE SqlNode TerraneQuery() {
    return OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY);
}

/** Operators that MySQL and GreptimeDB have beyond the standard. */
void TerraneInfixOperator(List<Object> list, ExprContext exprContext, Span s) :
{
    final SqlDataTypeSpec type;
    final SqlOperator operator;
}
{
    <INFIX_CAST> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(SqlLibraryOperators.INFIX_CAST, getPos()));
    }
    type = DataType() {
        list.add(type);
    }
|
    <COLLATE> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(MySqlOperators.COLLATE, getPos()));
        list.add(TerraneCollation());
    }
|
    (
        <NULL_SAFE_EQUAL> { operator = MySqlOperators.NULL_SAFE_EQUAL; }
    |
        <SHIFT_RIGHT> { operator = MySqlOperators.SHIFT_RIGHT; }
    |
        <INT_DIVIDE> { operator = MySqlOperators.INT_DIVIDE; }
    |
        <LOGICAL_XOR> { operator = MySqlOperators.XOR; }
    |
        <VERTICAL_BAR> { operator = MySqlOperators.BIT_OR; }
    )
    {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(operator, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_SUB_QUERY)
}

JAVACODE SqlNode TerraneCollation() {
    return new TokenCursor(this).text();
}

/** A type name with what belongs to it: SIGNED, TIMESTAMP_MS, BIGINT UNSIGNED, VARCHAR(20). */
SqlTypeNameSpec TerraneTypeName() :
{
    final SqlTypeNameSpec type;
}
{
    (
        <IDENTIFIER>
    |   <BACK_QUOTED_IDENTIFIER>
    |   <BIGINT>
    |   <BINARY>
    |   <BOOLEAN>
    |   <CHAR>
    |   <CHARACTER>
    |   <DATE>
    |   <DATETIME>
    |   <DEC>
    |   <DECIMAL>
    |   <DOUBLE>
    |   <FLOAT>
    |   <INT>
    |   <INTEGER>
    |   <NUMERIC>
    |   <REAL>
    |   <SMALLINT>
    |   <TIME>
    |   <TIMESTAMP>
    |   <TINYINT>
    |   <UNSIGNED>
    |   <VARBINARY>
    |   <VARCHAR>
    |   <YEAR>
    )
    type = TerraneTypeTail() {
        return type;
    }
}

JAVACODE SqlTypeNameSpec TerraneTypeTail() {
    return new TypeReader(new TokenCursor(this)).castTarget();
}
