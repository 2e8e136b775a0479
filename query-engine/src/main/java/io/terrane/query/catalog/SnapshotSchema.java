package io.terrane.query.catalog;

import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;

/**
 * One database as Calcite's name resolution walks through it. Tables are looked up one by one, so
 * that a statement does not pay for those it does not name.
 */
final class SnapshotSchema extends AbstractSchema {
  private final Function<String, Table> find;

  /**
   * @param find the table of a name in any case, or null
   */
  SnapshotSchema(Function<String, Table> find) {
    this.find = find;
  }

  @Override
  public Lookup<Table> tables() {
    return new Lookup<>() {
      @Override
      public Table get(String name) {
        return find.apply(name);
      }

      @Override
      public Named<Table> getIgnoreCase(String name) {
        Table table = find.apply(name);
        return table == null ? null : new Named<>(name, table);
      }

      @Override
      public Set<String> getNames(LikePattern pattern) {
        return Set.of();
      }
    };
  }
}
