package io.terrane.api.table;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.sql.FrontendView;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/** A table that is computed when read: the leaf of a plan over {@code information_schema}. */
public interface VirtualTable {
  TableName name();

  List<ColumnSchema> columns();

  /**
   * All rows, as they are now. May block on the meta ports; called on a query thread; a call has no
   * effect on anything, so it may be repeated.
   *
   * @param context who asks and what they believe
   * @param allocator the query's; the stream releases all it took when closed
   */
  BatchStream scan(ScanContext context, BufferAllocator allocator);

  /**
   * @param catalog the statement's snapshot
   * @param database the session's current database
   * @param frontend the node that runs the statement
   */
  record ScanContext(CatalogSnapshot catalog, String database, FrontendView frontend) {}
}
