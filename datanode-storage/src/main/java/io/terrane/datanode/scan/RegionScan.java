package io.terrane.datanode.scan;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.PlanFragment.ScanRegion;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.datanode.memtable.MemTable;
import io.terrane.datanode.region.RegionPaths;
import io.terrane.datanode.region.RegionVersion;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowBatch;
import io.terrane.datanode.row.RowSelection;
import io.terrane.datanode.sst.ColumnCache;
import io.terrane.datanode.sst.SstCursor;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.sst.SstReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** The live rows of one version of a region, in key order. Blocks on the bucket. */
public final class RegionScan implements BatchStream {
  private final Projection projection;
  private final BufferAllocator allocator;
  private final MergeCursor rows;
  private final RowSelection selection;
  private final int batchRows;
  private final Optional<ScalarExpr> rest;

  private RegionScan(
      Projection projection,
      BufferAllocator allocator,
      MergeCursor rows,
      int batchRows,
      Optional<ScalarExpr> rest) {
    this.rest = rest;
    this.projection = projection;
    this.allocator = allocator;
    this.rows = rows;
    this.batchRows = batchRows;
    this.selection = new RowSelection();
  }

  /** Which rows are needed. */
  public enum Wanted {
    ALL,
    /** Of each series one with its greatest time. */
    SERIES_ENDS
  }

  /**
   * Opens a scan; what it needs of {@code version} it holds itself.
   *
   * @param wanted rows that are not may come nevertheless
   * @param cache for decoded columns
   * @param now rows that are out of their time by then are not there
   * @param allocator for decoded and lent batches
   */
  public static RegionScan open(
      RegionVersion version,
      SstReader reader,
      Optional<ColumnCache> cache,
      ScanRegion scan,
      Wanted wanted,
      Instant now,
      int batchRows,
      BufferAllocator allocator) {
    RegionSchema schema = version.schema();
    schema.checkVersion(scan.schemaVersion());
    Projection projection = Projection.of(schema, scan.columns());
    FilePruner pruner = new FilePruner(schema, scan.columns(), scan.predicate());
    KeySearch search = KeySearch.of(schema, scan.columns(), scan.predicate());
    Optional<TimeBounds> unexpired = TimeBounds.unexpired(schema, now);
    RegionPaths paths = new RegionPaths(scan.region());
    List<RowCursor> cursors = new ArrayList<>();
    try {
      addBatches(version.mutable(), projection, search, cursors);
      addBatches(version.frozen(), projection, search, cursors);
      for (SstMeta file : version.files()) {
        cursors.add(
            new SstCursor(
                reader,
                paths.file(file.id()),
                file,
                projection,
                batch ->
                    pruner.mayMatch(batch)
                        && unexpired.map(bounds -> bounds.mayContain(batch)).orElse(true),
                search,
                cache,
                allocator));
      }
      unexpired.ifPresent(
          bounds -> cursors.replaceAll(rows -> new WindowCursor(rows, projection, bounds)));
      // A row that the rest of the predicate refuses must not stand for its series.
      MergeCursor rows =
          wanted == Wanted.SERIES_ENDS && search.rest().isEmpty()
              ? new MergeCursor(cursors, projection, new SeriesEnds(schema))
              : new MergeCursor(cursors, projection, MergeCursor.Tombstones.DROPPED);
      return new RegionScan(projection, allocator, rows, batchRows, search.rest());
    } catch (RuntimeException e) {
      cursors.forEach(RowCursor::close);
      throw e;
    }
  }

  private static void addBatches(
      MemTable table, Projection projection, KeySearch search, List<RowCursor> cursors) {
    for (RowBatch batch : table.batches()) {
      cursors.add(new BatchCursor(batch, projection, search));
    }
  }

  /** What of the scan's predicate was not applied; empty if all of it was. */
  public Optional<ScalarExpr> rest() {
    return rest;
  }

  @Override
  public Schema schema() {
    return projection.outputSchema();
  }

  @Override
  public boolean advance(BatchSink sink) {
    rows.fill(selection, batchRows);
    if (selection.size() == 0) {
      return false;
    }
    try (VectorSchemaRoot batch = selection.view(projection, allocator)) {
      selection.clear();
      rows.releasePassed();
      sink.accept(batch);
    }
    return true;
  }

  @Override
  public void close() {
    rows.close();
  }
}
