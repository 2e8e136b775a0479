package io.terrane.log;

/**
 * A record at its place.
 *
 * @param position grows along the topic; gaps are possible
 */
public record LogEntry(long position, LogRecord record) {}
