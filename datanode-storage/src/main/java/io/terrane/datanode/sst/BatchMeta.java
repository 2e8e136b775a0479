package io.terrane.datanode.sst;

import java.util.List;

/**
 * One record batch of a file: where its columns lie and what is in them.
 *
 * @param offset of the first column's buffers; the others' follow in order
 * @param columns in file order
 */
record BatchMeta(long offset, int rows, List<ColumnChunk> columns) {
  BatchMeta {
    columns = List.copyOf(columns);
  }

  /** Where a column's buffers lie. */
  long offset(int column) {
    long at = offset;
    for (int i = 0; i < column; i++) {
      at += columns.get(i).length();
    }
    return at;
  }
}
