package io.terrane.datanode.wal;

import io.terrane.api.region.WriteId;

/** A write as its WAL record names it: so a write that is sent twice is known again. */
public record RecordedWrite(WriteId id, int rows) {}
