package io.terrane.api.region;

import java.util.List;

/** What a datanode answers to a {@link RegionInstruction}. Failures come as TerraneException. */
public sealed interface InstructionReply {
  /** It is so. */
  record Done() implements InstructionReply {}

  /**
   * The region takes no write any more.
   *
   * @param lastPosition WAL position of its last record, -1 if it never wrote one
   */
  record Downgraded(long lastPosition) implements InstructionReply {}

  /**
   * @param flushedSequence last sequence now in files
   * @param rows rows written to files by this flush
   */
  record Flushed(long flushedSequence, long rows) implements InstructionReply {}

  /**
   * @param files deleted, or in a dry run, those that would have been
   * @param bytes of these
   * @param waiting files that may be deleted when they have been superfluous for long enough
   */
  record Swept(long files, long bytes, long waiting) implements InstructionReply {}

  /** In no particular order. */
  record Files(List<RegionFile> files) implements InstructionReply {
    public Files {
      files = List.copyOf(files);
    }
  }

  /**
   * What a region holds.
   *
   * @param rows live rows
   * @param sequence last sequence that was read
   * @param checksum of all values of all rows, whatever their order
   */
  record Checksum(long rows, long sequence, long checksum) implements InstructionReply {}

  /**
   * @param replayed WAL position up to which the candidate has read
   * @param end end of the WAL topic as asked for this answer
   * @param work what it took to get there
   */
  record Replay(long replayed, long end, ReplayWork work) implements InstructionReply {
    /** Records of the topic still to read, other regions' included. */
    public long lag() {
      return Math.max(0, end - replayed);
    }
  }
}
