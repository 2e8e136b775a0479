package io.terrane.datanode.sst;

import java.util.Optional;

/** The ranges of a batch's columns, by the name the columns have now. */
@FunctionalInterface
public interface BatchRanges {
  /** Empty for a column that the file does not have. */
  Optional<ColumnRange> find(String column);
}
