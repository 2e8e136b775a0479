/**
 * A region's write-ahead log in a topic shared with other regions.
 *
 * <p>A record has three headers and a value; all numbers are big-endian:
 *
 * <pre>
 * header "region"   8  region id
 * header "terrane"  1  format version, 1
 *                   1  kind: 0 rows, 1 fence
 *                   8  epoch of the leader that wrote it
 *                   8  sequence before the first row; fence: floor of what follows
 *                   4  rows in this record
 *                   4  part, from 0
 *                   4  parts of the group
 * header "writes"   per write of the group (first part only): 8 session, 8 sequence, 4 rows
 * value             4  length of the plain Arrow bytes      \ rows only
 *                   n  zstd of an Arrow IPC stream: one batch /
 *                   4  CRC-32C of the three header values in this order and the value before it
 * </pre>
 *
 * <p>The batch has the region's stored columns and {@code __op}; row <i>i</i> has the sequence
 * {@code header.sequence + 1 + i}. What of the records takes effect: {@link
 * io.terrane.datanode.wal.WalReplay}.
 */
package io.terrane.datanode.wal;
