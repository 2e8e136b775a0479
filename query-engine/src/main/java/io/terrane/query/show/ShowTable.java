package io.terrane.query.show;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.ResultColumn;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.TableName;
import io.terrane.api.table.VirtualTable;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.ValuesOperator;
import io.terrane.query.parse.Selects;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The rows of a SHOW as a table, for its WHERE. Of one statement. */
public final class ShowTable implements VirtualTable {
  /** Not a name that a statement can write. */
  private static final TableName NAME = new TableName(TableName.INFORMATION_SCHEMA, "\u0001show");

  private final ShowResult result;
  private final ExecutionContext context;

  public ShowTable(ShowResult result, ExecutionContext context) {
    this.result = result;
    this.context = context;
  }

  /** {@code SELECT * FROM} this table {@code WHERE condition}. */
  public static SqlNode query(SqlNode condition) {
    return filtered(
        new SqlIdentifier(List.of(NAME.database(), NAME.table()), condition.getParserPosition()),
        condition);
  }

  /** {@code SELECT * FROM rows WHERE condition}. */
  public static SqlNode filtered(SqlNode rows, SqlNode condition) {
    SqlParserPos position = condition.getParserPosition();
    return Selects.of(position, List.of(SqlIdentifier.star(position)), rows, condition);
  }

  @Override
  public TableName name() {
    return NAME;
  }

  @Override
  public List<ColumnSchema> columns() {
    List<ColumnSchema> columns = new ArrayList<>();
    for (ResultColumn column : result.columns()) {
      columns.add(ColumnSchema.field(columns.size(), column.name(), column.type()));
    }
    return columns;
  }

  @Override
  public BatchStream scan(ScanContext scope, BufferAllocator allocator) {
    return new ValuesOperator(context, result.names(), result.types(), result.rows());
  }
}
