package io.terrane.infoschema.table;

import io.terrane.infoschema.SystemTable;
import java.util.List;

/** {@code character_sets}: one row; other sets exist on the wire only. */
public final class CharacterSetsTable {

  private static final long MAXLEN_BYTES = 4;

  private CharacterSetsTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<String>named(9, "character_sets")
        .text("character_set_name", name -> name)
        .text("default_collate_name", name -> Charset.COLLATION)
        .text("description", name -> "UTF-8 Unicode")
        .int64("maxlen", name -> MAXLEN_BYTES)
        .rows(context -> List.of(Charset.NAME));
  }
}
