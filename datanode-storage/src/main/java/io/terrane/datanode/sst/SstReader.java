package io.terrane.datanode.sst;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.terrane.datanode.cache.FileCache;
import io.terrane.datanode.cache.FileRange;
import io.terrane.datanode.cache.RangeReader;
import io.terrane.datanode.cache.ReadAhead;
import io.terrane.datanode.cache.ReadCounters;
import io.terrane.objectstore.ObjectKey;
import java.util.Arrays;
import java.util.List;

/**
 * Gives footers, of which a bounded number is kept, and the stored bytes of columns. Blocks on the
 * bucket. Thread-safe.
 */
public final class SstReader {
  private final RangeReader ranges;
  private final Cache<String, SstFooter> footers;

  private SstReader(RangeReader ranges, Cache<String, SstFooter> footers) {
    this.ranges = ranges;
    this.footers = footers;
  }

  public SstReader(RangeReader ranges, int cachedFooters) {
    this(ranges, Caffeine.newBuilder().maximumSize(cachedFooters).executor(Runnable::run).build());
  }

  /** The same, with what is read counted by {@code counters} too. */
  public SstReader counted(ReadCounters counters) {
    return new SstReader(ranges.counted(counters), footers);
  }

  /** The same for files that are read once and then superfluous. */
  public SstReader once() {
    return new SstReader(ranges.once(), footers);
  }

  /** What this reader, and those that were made of it, have read. */
  public ReadCounters counters() {
    return ranges.counters();
  }

  public FileCache fileCache() {
    return ranges.disk();
  }

  SstFooter footer(ObjectKey file, SstMeta meta) {
    SstFooter cached = footers.getIfPresent(file.path());
    if (cached != null) {
      return cached;
    }
    SstFooter footer =
        SstFooter.parse(file, meta.footerOffset(), ranges.read(footerRange(file, meta)));
    footers.put(file.path(), footer);
    return footer;
  }

  /**
   * Parts of one file in its order.
   *
   * @param firstBytes how much to ask for at once, for a beginning
   */
  ReadAhead ahead(List<FileRange> parts, long firstBytes) {
    return ranges.readAhead(parts).begin(firstBytes);
  }

  /** One part, checked. */
  byte[] read(FileRange part) {
    return ranges.read(part);
  }

  /** A file that was just put into the bucket is wanted soon: keeps it on the local disk. */
  void written(ObjectKey file, SstMeta meta, byte[] content) {
    if (!ranges.disk().isOn()) {
      return;
    }
    int footerOffset = Math.toIntExact(meta.footerOffset());
    SstFooter footer =
        SstFooter.parse(
            file, meta.footerOffset(), Arrays.copyOfRange(content, footerOffset, content.length));
    footers.put(file.path(), footer);
    ranges.written(footerRange(file, meta), content, footerOffset);
    for (BatchMeta batch : footer.batches()) {
      for (int column = 0; column < batch.columns().size(); column++) {
        if (batch.columns().get(column).constant(batch.rows()).isEmpty()) {
          FileRange range = chunkRange(file, batch, column);
          ranges.written(range, content, Math.toIntExact(range.offset()));
        }
      }
    }
  }

  private static FileRange footerRange(ObjectKey file, SstMeta meta) {
    int length = Math.toIntExact(meta.size() - meta.footerOffset());
    return new FileRange(file, meta.footerOffset(), length, meta.footerCrc());
  }

  /** Where a column of a batch lies. */
  static FileRange chunkRange(ObjectKey file, BatchMeta batch, int column) {
    ColumnChunk chunk = batch.columns().get(column);
    return new FileRange(file, batch.offset(column), chunk.length(), chunk.crc());
  }
}
