package io.terrane.infoschema.table;

import io.terrane.infoschema.SystemTable;
import java.util.List;

/** {@code collations}: one row, the order by bytes. */
public final class CollationsTable {

  /** MySQL's number of utf8mb4_bin. */
  private static final long ID = 46;

  private CollationsTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<String>named(10, "collations")
        .text("collation_name", name -> name)
        .text("character_set_name", name -> Charset.NAME)
        .int64("id", name -> ID)
        .text("is_default", name -> "Yes")
        .text("is_compiled", name -> "Yes")
        .int64("sortlen", name -> 1L)
        .text("pad_attribute", name -> "NO PAD")
        .rows(context -> List.of(Charset.COLLATION));
  }
}
