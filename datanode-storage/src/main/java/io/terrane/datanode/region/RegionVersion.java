package io.terrane.datanode.region;

import io.terrane.datanode.memtable.MemTable;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.sst.SstMeta;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a scan sees of a region: memtables, files, the last sequence. Immutable and counted: the
 * region holds one reference to its present version, each scan one to the version it began with.
 */
public final class RegionVersion {
  private final MemTable mutable;
  private final MemTable frozen;
  private final List<SstMeta> files;
  private final long committedSequence;
  private final AtomicInteger references = new AtomicInteger(1);

  /** Takes over both tables. */
  public RegionVersion(
      MemTable mutable, MemTable frozen, List<SstMeta> files, long committedSequence) {
    this.mutable = mutable;
    this.frozen = frozen;
    this.files = List.copyOf(files);
    this.committedSequence = committedSequence;
  }

  /** Takes writes. */
  public MemTable mutable() {
    return mutable;
  }

  /** What mutable and frozen rows are laid out by, and what a scan of this version follows. */
  public RegionSchema schema() {
    return mutable.schema();
  }

  /** Being flushed. */
  public MemTable frozen() {
    return frozen;
  }

  public List<SstMeta> files() {
    return files;
  }

  public long committedSequence() {
    return committedSequence;
  }

  public long memtableBytes() {
    return mutable.bytes() + frozen.bytes();
  }

  /** False when the version is gone already: read the region's present one again. */
  public boolean tryRetain() {
    for (int count = references.get(); count > 0; count = references.get()) {
      if (references.compareAndSet(count, count + 1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether nobody holds it any more. */
  public boolean isReleased() {
    return references.get() == 0;
  }

  public void release() {
    if (references.decrementAndGet() == 0) {
      mutable.close();
      frozen.close();
    }
  }
}
