package io.terrane.query.ddl;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.Datum;
import io.terrane.api.table.PartitionExpr;
import io.terrane.api.table.PartitionExpr.Op;
import io.terrane.api.table.PartitionRule;
import io.terrane.api.table.TableSchema;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.Literals;
import io.terrane.query.parse.Statement.Partitioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** PARTITION ON COLUMNS as a rule: comparisons of the columns with constants under AND and OR. */
final class PartitionReader {
  private static final int REGIONS_MAX = 1024;

  private final ExecutionContext context;
  private final TableSchema schema;
  private final List<String> columns = new ArrayList<>();

  PartitionReader(ExecutionContext context, TableSchema schema) {
    this.context = context;
    this.schema = schema;
  }

  PartitionRule read(Partitioning partitioning) {
    if (partitioning.bounds().isEmpty()) {
      return PartitionRule.NONE;
    }
    if (partitioning.bounds().size() > REGIONS_MAX) {
      throw invalid(partitioning.bounds().size() + " partitions, at most " + REGIONS_MAX);
    }
    for (String name : partitioning.columns()) {
      ColumnSchema column = column(name);
      boolean isKey = schema.keyColumns().contains(column) || schema.hasHiddenRowId();
      // As in GreptimeDB, whose keys are unique within a region; MySQL's are within the table.
      if (!isKey && schema.timeIndex().isEmpty()) {
        throw invalid("partition column '" + name + "' is not part of the primary key");
      }
      columns.add(column.name());
    }
    List<PartitionRule.Bound> bounds = new ArrayList<>();
    for (int i = 0; i < partitioning.bounds().size(); i++) {
      bounds.add(
          new PartitionRule.Bound(
              partitioning.boundTexts().get(i), expression(partitioning.bounds().get(i))));
    }
    PartitionRule rule = new PartitionRule(columns, bounds);
    new PartitionCoverage(rule).check();
    return rule;
  }

  private PartitionExpr expression(SqlNode node) {
    if (!(node instanceof SqlCall call) || call.operandCount() != 2) {
      throw invalid("not a comparison of a column with a constant: " + node);
    }
    return switch (call.getKind()) {
      case AND -> new PartitionExpr.And(expression(call.operand(0)), expression(call.operand(1)));
      case OR -> new PartitionExpr.Or(expression(call.operand(0)), expression(call.operand(1)));
      case EQUALS -> compare(call, Op.EQ, Op.EQ);
      case NOT_EQUALS -> compare(call, Op.NE, Op.NE);
      case LESS_THAN -> compare(call, Op.LT, Op.GT);
      case LESS_THAN_OR_EQUAL -> compare(call, Op.LE, Op.GE);
      case GREATER_THAN -> compare(call, Op.GT, Op.LT);
      case GREATER_THAN_OR_EQUAL -> compare(call, Op.GE, Op.LE);
      default -> throw invalid("operator " + call.getOperator().getName() + " in " + node);
    };
  }

  private PartitionExpr compare(SqlCall call, Op op, Op mirrored) {
    boolean columnFirst = call.operand(0) instanceof SqlIdentifier;
    SqlNode columnNode = call.operand(columnFirst ? 0 : 1);
    SqlNode boundNode = call.operand(columnFirst ? 1 : 0);
    if (!(columnNode instanceof SqlIdentifier identifier) || !identifier.isSimple()) {
      throw invalid("not a comparison of a column with a constant: " + call);
    }
    ColumnSchema column = column(identifier.getSimple());
    if (!columns.contains(column.name())) {
      throw invalid("column '" + column.name() + "' is not among the partition columns " + columns);
    }
    Optional<Datum> bound = Literals.datum(boundNode);
    if (bound.isEmpty() || bound.get().isNull()) {
      throw invalid("not a constant: " + boundNode);
    }
    Datum value = Constants.convert(context, bound.get(), column.type());
    return new PartitionExpr.Compare(column.name(), columnFirst ? op : mirrored, value);
  }

  private ColumnSchema column(String name) {
    return schema.columns().stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> invalid("partition column '" + name + "' is not in the table"));
  }

  private static TerraneException invalid(String message) {
    return new TerraneException(
        ErrorCode.INVALID_PARTITION_RULE, "Invalid partition rule: " + message);
  }
}
