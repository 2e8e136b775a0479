package io.terrane.query.parse;

import io.terrane.query.parse.Statement.Assignment;
import io.terrane.query.parse.Statement.Partitioning;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDelete;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlUpdate;

/** What happens to expressions and queries after the grammar has read them. */
final class QueryFinish {
  private final StatementText text;
  private final OperatorNames operators = new OperatorNames();

  QueryFinish(StatementText text) {
    this.text = text;
  }

  SqlNode query(SqlNode query) {
    return new SelectNames(text).name(expression(query));
  }

  SqlNode expression(SqlNode node) {
    return node.accept(operators);
  }

  Statement.Show show(Statement.Show show) {
    return new Statement.Show(
        show.kind(),
        show.full(),
        show.global(),
        show.target(),
        show.database(),
        show.like(),
        show.where().map(this::expression));
  }

  Statement.Insert insert(Statement.Insert insert) {
    SqlInsert read = insert.node();
    SqlInsert node =
        new SqlInsert(
            read.getParserPosition(),
            SqlNodeList.EMPTY,
            read.getTargetTable(),
            query(read.getSource()),
            read.getTargetColumnList());
    return new Statement.Insert(
        node, insert.mode(), insert.newRow(), assignments(insert.onDuplicateKey()));
  }

  SqlDelete delete(SqlDelete delete) {
    return (SqlDelete) expression(delete);
  }

  SqlUpdate update(SqlUpdate update) {
    return (SqlUpdate) expression(update);
  }

  Statement.CreateTable createTable(Statement.CreateTable table) {
    return new Statement.CreateTable(
        table.name(),
        table.columns(),
        table.primaryKeys(),
        table.timeIndexes(),
        table.partitioning().map(this::partitioning),
        table.engine(),
        table.options(),
        table.comment(),
        table.ifNotExists());
  }

  private Partitioning partitioning(Partitioning partitioning) {
    List<String> texts = new ArrayList<>();
    for (SqlNode bound : partitioning.bounds()) {
      texts.add(text.writtenIn(bound.getParserPosition()));
    }
    return new Partitioning(
        partitioning.columns(),
        partitioning.bounds().stream().map(this::expression).toList(),
        texts);
  }

  List<Assignment> assignments(List<Assignment> assignments) {
    return assignments.stream()
        .map(a -> new Assignment(a.column(), expression(a.value())))
        .toList();
  }
}
