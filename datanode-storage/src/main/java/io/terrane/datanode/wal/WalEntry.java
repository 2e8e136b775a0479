package io.terrane.datanode.wal;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A complete group of rows in the log.
 *
 * @param before where a reader stood when it met the group's first record; its sequence is the one
 *     before the group's first row
 */
public record WalEntry(WalPoint before, List<WalReplay.Part> parts) {
  public long lastSequence() {
    return parts.get(parts.size() - 1).header().lastSequence();
  }

  public List<RecordedWrite> writes() {
    return parts.get(0).header().writes();
  }

  /** The rows of each part, in order; the caller closes them. */
  public List<VectorSchemaRoot> decode(WalCodec codec, BufferAllocator allocator) {
    List<VectorSchemaRoot> roots = new ArrayList<>();
    try {
      for (WalReplay.Part part : parts) {
        roots.add(codec.decode(part.header(), part.record(), allocator));
      }
      return roots;
    } catch (RuntimeException e) {
      roots.forEach(VectorSchemaRoot::close);
      throw e;
    }
  }
}
