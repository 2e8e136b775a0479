package io.terrane.datanode.sst;

import java.util.List;

/**
 * One record batch of a file: where its message lies and what is in it.
 *
 * @param offset of the IPC message
 * @param metadataLength of the message's head, prefix and padding included
 * @param bodyLength of the buffers behind it
 * @param crc CRC-32C of head and body
 * @param columns in file order
 */
public record BatchMeta(
    long offset,
    int metadataLength,
    long bodyLength,
    int crc,
    int rows,
    List<ColumnRange> columns) {
  public BatchMeta {
    columns = List.copyOf(columns);
  }

  int length() {
    return Math.toIntExact(metadataLength + bodyLength);
  }
}
