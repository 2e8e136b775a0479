package io.terrane.infoschema.table;

import io.terrane.infoschema.SystemTable;
import java.util.List;

/** {@code collation_character_set_applicability}: one row. */
public final class CollationApplicabilityTable {

  private CollationApplicabilityTable() {}

  public static SystemTable<?> create() {
    return SystemTable.<String>named(11, "collation_character_set_applicability")
        .text("collation_name", name -> name)
        .text("character_set_name", name -> Charset.NAME)
        .rows(context -> List.of(Charset.COLLATION));
  }
}
