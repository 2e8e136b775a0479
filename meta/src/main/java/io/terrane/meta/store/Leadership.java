package io.terrane.meta.store;

import java.util.Objects;

/**
 * Who may edit.
 *
 * @param term grows with each taking of the leadership; 0 when nobody ever led
 * @param writer the leader's name for its batches
 * @param lastBatch sequence of the leader's last batch; a batch that comes later with this one or a
 *     lower one has no effect
 */
public record Leadership(long term, String writer, long lastBatch) {
  static final Leadership NONE = new Leadership(0, "", 0);

  public Leadership {
    Objects.requireNonNull(writer, "writer");
  }

  boolean hasSeen(MetadataBatch batch) {
    return writer.equals(batch.writer()) && batch.sequence() <= lastBatch;
  }
}
