/**
 * The metadata log: a replicated state machine over one log topic.
 *
 * <p><b>Record.</b> The value of each log record is one JSON object, a {@link
 * io.terrane.meta.store.MetadataBatch}: {@code formatVersion} (1), {@code writer}, {@code
 * sequence}, {@code edits}. An edit has {@code requirements} and {@code changes}, arrays of objects
 * whose {@code type} is a tag of {@link io.terrane.meta.store.Requirement} or {@link
 * io.terrane.meta.store.Change}. A reader that meets a format version or tag it does not know stops
 * (CORRUPTED); unknown fields are ignored. Names of enum constants, numbers of error codes and ISO
 * 8601 instants are stored, never ordinals or class names.
 *
 * <p><b>Effect.</b> Batches take effect in log order, the edits of a batch in their order. A batch
 * of the present leader whose sequence is not above the leader's last one has no effect: it is one
 * whose answer was lost and that arrives late. An edit whose requirements do not hold when its turn
 * comes has no effect.
 *
 * <p><b>Snapshot.</b> {@code <folder>/<version, 20 digits>.json}: the image after every record
 * before position {@code version}; the same for whoever writes it, so it is created once. The two
 * newest are kept, and the log from the older of them on.
 */
package io.terrane.meta.store;
