package io.terrane.query.write;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.TableInfo;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.parse.InsertText;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.Statement;
import io.terrane.query.plan.PlanContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;

/**
 * INSERT and REPLACE of plain literals, without trees: heads are parsed once, rows go from the text
 * into columns. What is not plain is left to {@link InsertExecutor}; both write the same rows.
 * Thread-safe.
 */
public final class PlainInserts {
  private static final int HEADS_MAX = 1_024;
  private static final int HEAD_LENGTH_MAX = 16_384;

  private final RegionWriter writer;
  private final WriteIds ids;
  private final Map<HeadText, Statement.Insert> heads = new ConcurrentHashMap<>();

  /** A head as written; what it means depends on the lexis too. */
  private record HeadText(String text, MySqlLexis lexis) {}

  /** A table and the positions of the columns that a statement gives. */
  private record Target(TableInfo table, int[] columns, Statement.InsertMode mode) {}

  public PlainInserts(RegionWriter writer, WriteIds ids) {
    this.writer = writer;
    this.ids = ids;
  }

  /**
   * Writes the rows; empty if the statement has to be executed otherwise: then nothing was done.
   */
  public Optional<AffectedRows> execute(
      InsertText text, PlanContext scope, ExecutionContext context) {
    Optional<Target> found = target(text, scope);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Target target = found.get();
    boolean unique = InsertExecutor.refusesKeys(target.table(), target.mode());
    if (unique && target.mode() == Statement.InsertMode.IGNORE) {
      return Optional.empty();
    }
    InsertColumns rows =
        new InsertColumns(
            target.table(), target.columns(), scope.parameters().orElse(List.of()), context);
    if (!rows.read(text)) {
      return Optional.empty();
    }
    Map<RegionId, VectorSchemaRoot> batches = rows.batches(context.allocator());
    try {
      return Optional.of(
          writer.write(
              context,
              scope.catalog(),
              batches,
              unique ? WriteMode.INSERT_UNIQUE : WriteMode.UPSERT,
              ids));
    } finally {
      batches.values().forEach(VectorSchemaRoot::close);
    }
  }

  /** What a head names, or empty if it is none of ours or wrong. */
  private Optional<Target> target(InsertText text, PlanContext scope) {
    try {
      Optional<Statement.Insert> head = head(text);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      SqlInsert node = head.get().node();
      TableInfo table = TableTarget.find(((SqlIdentifier) node.getTargetTable()).names, scope);
      return Optional.of(new Target(table, InsertExecutor.targets(node, table), head.get().mode()));
    } catch (TerraneException wrong) {
      // The general way says what is wrong, and whether something else is wrong before it.
      return Optional.empty();
    }
  }

  private Optional<Statement.Insert> head(InsertText text) {
    HeadText key = new HeadText(text.head(), text.lexis());
    Statement.Insert known = heads.get(key);
    if (known != null || key.text().length() > HEAD_LENGTH_MAX) {
      return Optional.ofNullable(known);
    }
    Optional<Statement.Insert> parsed = text.parseHead();
    if (parsed.isPresent()) {
      if (heads.size() >= HEADS_MAX) {
        heads.clear();
      }
      heads.put(key, parsed.get());
    }
    return parsed;
  }
}
