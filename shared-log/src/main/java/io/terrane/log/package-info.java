/**
 * The log: durable, totally ordered sequences of records, on Kafka or in a folder.
 *
 * <p><b>Format of the local log</b> (all numbers big-endian). The folder holds a file {@code lock}
 * and one folder per topic. A topic's folder holds segments, named by the position of their first
 * record in twenty digits with the suffix {@code .log}, and, once it has been trimmed, a file
 * {@code start}: the first position that is kept, as decimal digits and a newline.
 *
 * <pre>
 * segment = "TLOG", version (4 bytes, 1), base position (8), frame*
 * frame   = length of body (4), CRC-32C of body (4), body
 * body    = position (8), durable (8), number of headers (2),
 *           header*: length of name (2), name (UTF-8), length of value (4), value;
 *           the record's value, to the end of the body
 * </pre>
 *
 * <p>{@code durable} is the end of the topic that had been forced to the disk when the frame was
 * written. It tells a torn tail from corruption: a damaged frame at position p is the remainder of
 * an append nobody was told about, and is cut off, unless an intact frame behind it says that more
 * than p was durable; then an acknowledged record is damaged and the log does not open.
 */
package io.terrane.log;
