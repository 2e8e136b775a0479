/**
 * A region's files: Arrow IPC files that any Arrow reader opens, with statistics of ours in the
 * footer.
 *
 * <p>Layout: magic, schema message, record batches, end of stream, footer, footer length, magic, as
 * the Arrow columnar format describes under "IPC file format". Buffers are compressed one by one
 * with ZSTD, which the format calls buffer compression.
 *
 * <p>Columns: the table's columns in declared order; the hidden row id {@code __row_id} UINT64
 * where the table has no key; {@code __sequence} UINT64; {@code __op} UINT8, 0 put, 1 delete. A
 * table's column carries its id as field metadata {@code terrane.column-id}; readers match by id,
 * so that a renamed column is found and a new one reads as NULL.
 *
 * <p>Rows are sorted by key columns (NULL first, numbers by value, strings by bytes), then by
 * sequence, the higher first. Within one file a key appears once, unless the table is append-only.
 *
 * <p>Footer metadata {@code terrane.sst} is JSON:
 *
 * <pre>
 * {"formatVersion": 1,
 *  "batches": [{"offset": …, "metadataLength": …, "bodyLength": …,   where the message lies
 *               "crc": CRC-32C of these bytes, as a signed 32-bit number,
 *               "rows": …,
 *               "columns": [{"nulls": …, "min": "…", "max": "…"}, …]}, …]}   in file order
 * </pre>
 *
 * {@code min} and {@code max} are texts of {@link io.terrane.api.table.Datum#text}, left out when
 * all values are NULL or the value has more than 128 bytes. The footer itself is covered by size,
 * offset and CRC in the manifest, so a file is only ever read by way of a manifest.
 *
 * <p>Names: {@code regions/<table>/<region>/data/e<epoch>-m<manifest version>-<try>.arrow}, created
 * once, never overwritten.
 */
package io.terrane.datanode.sst;
