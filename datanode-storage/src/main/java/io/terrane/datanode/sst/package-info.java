/**
 * A region's files: Arrow IPC files that any Arrow reader opens, with statistics of ours in the
 * footer.
 *
 * <p>Layout: magic, schema message, record batches, dictionary batches, end of stream, footer,
 * footer length, magic, as the Arrow columnar format describes under "IPC file format"; which lets
 * dictionaries stand anywhere, since readers of files find them by the footer. Buffers are
 * compressed one by one with ZSTD, which the format calls buffer compression; a validity buffer
 * without NULLs is left empty. In a batch's body columns follow each other, so that one of them is
 * one range of the file.
 *
 * <p>Columns: those of the key in its order; {@code __sequence} UINT64; {@code __op} UINT8, 0 put,
 * 1 delete; then the table's other columns in declared order. Tables without a key have the hidden
 * row id {@code __row_id} UINT64 for one. A table's column carries its id as field metadata {@code
 * terrane.column-id}; readers match by id, so that a renamed column is found and a new one reads as
 * NULL.
 *
 * <p>Forms, by the field of the schema: an Arrow dictionary with indices of 16 bits, where a column
 * has few different values; or, with field metadata {@code terrane.stored-as} = {@code
 * differences}, for sequence and row id, each value's difference to the one before it in the batch
 * (the first's to 0), modulo 2^64; else plain.
 *
 * <p>Rows are sorted by key columns (NULL first, numbers by value, strings by bytes), then by
 * sequence, the higher first. Within one file a key appears once, unless the table is append-only.
 *
 * <p>Footer metadata {@code terrane.sst} is JSON:
 *
 * <pre>
 * {"formatVersion": 2,
 *  "batches": [{"offset": …,            where the first column's buffers begin in the file
 *               "rows": …,
 *               "columns": [{"buffers": […],   length of each, the next begins at a multiple of 8
 *                            "crc": CRC-32C of them and of what lies between, as a signed
 *                                   32-bit number,
 *                            "nulls": …, "min": "…", "max": "…"}, …]}, …]}   in file order
 * </pre>
 *
 * {@code min} and {@code max} are texts of {@link io.terrane.api.table.Datum#text}, left out when
 * all values are NULL or the value has more than 128 bytes. Dictionaries and footer are read as
 * one; they are covered by size, offset and CRC in the manifest, so a file is only ever read by way
 * of a manifest. Heads of messages are there for other readers and are not looked at.
 *
 * <p>Names: {@code regions/<table>/<region>/data/e<epoch>-m<manifest version>-<try>.arrow}, created
 * once, never overwritten.
 */
package io.terrane.datanode.sst;
