/**
 * A region's manifest: numbered edits and checkpoints under {@code
 * regions/<table>/<region>/manifest/}.
 *
 * <p>{@code edit-<19 digits>.json} is created once under the number after the last one; whoever
 * finds the number taken has lost and reads what took it. {@code checkpoint-<19 digits>.json} is
 * the state after the edit of that number. A reader takes the newest checkpoint and the edits
 * behind it. What the last checkpoint but one makes superfluous is deleted: earlier checkpoints and
 * the edits up to it. An edit whose number a checkpoint has passed never counts.
 *
 * <p>A file is one line of JSON, a line feed, and the CRC-32C of the JSON as 8 hexadecimal digits.
 *
 * <pre>
 * edit        {"formatVersion": 1, "version": n, "epoch": e, "writer": "…", "edit": kind, …}
 *   created     "start": point              where the region's WAL begins
 *   led                                     a leader begins; lower epochs make no more edits
 *   flushed     "file": file, "flushed": point, "replay": point
 *   advanced    "flushed": point, "replay": point     less of the WAL is needed
 *   compacted   "removed": [id, …], "added": [file, …]
 *   truncated   "flushed": point, "replay": point
 * checkpoint  {"formatVersion": 1, "version": n, "epoch": e,
 *              "flushed": point, "replay": point, "files": [file, …]}
 * point       {"position": …, "epoch": …, "sequence": …}     see WalPoint
 * file        {"id": …, "size": …, "rows": …, "tombstones": …, "firstSequence": …,
 *              "lastSequence": …, "footerOffset": …, "footerCrc": …,
 *              "firstKey": [datum, …], "lastKey": [datum, …],
 *              "level": 1,                where the file was merged, not flushed
 *              "time": [datum, datum]}    first and last, where the table has a time index
 * datum       {"kind": …, "precision": …, "scale": …, "value": text or null}
 * </pre>
 *
 * <p>Epochs never fall along the edits.
 */
package io.terrane.datanode.manifest;
