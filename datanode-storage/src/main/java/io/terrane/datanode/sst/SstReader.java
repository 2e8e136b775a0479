package io.terrane.datanode.sst;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.datanode.cache.FileCache;
import io.terrane.datanode.cache.FileRange;
import io.terrane.datanode.cache.RangeReader;
import io.terrane.datanode.cache.ReadAhead;
import io.terrane.datanode.cache.ReadCounters;
import io.terrane.objectstore.ObjectKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.vector.ipc.message.ArrowFooter;

/**
 * Gives footers, of which a bounded number is kept, and the raw bytes of batches. Blocks on the
 * bucket. Thread-safe.
 */
public final class SstReader {
  /** Footer length and the closing magic, "ARROW1". */
  private static final int TRAILER_BYTES = 4 + 6;

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
    FileRange range = footerRange(file, meta);
    SstFooter footer = parse(file, ranges.read(range));
    footers.put(file.path(), footer);
    return footer;
  }

  /** The messages of {@code batches}, head and body, in this order. */
  ReadAhead batches(ObjectKey file, List<BatchMeta> batches) {
    return ranges
        .readAhead(batches.stream().map(batch -> batchRange(file, batch)).toList())
        .begin();
  }

  /** A file that was just put into the bucket is wanted soon: keeps it on the local disk. */
  void written(ObjectKey file, SstMeta meta, byte[] content) {
    if (!ranges.disk().isOn()) {
      return;
    }
    int footerOffset = Math.toIntExact(meta.footerOffset());
    SstFooter footer = parse(file, Arrays.copyOfRange(content, footerOffset, content.length));
    footers.put(file.path(), footer);
    ranges.written(footerRange(file, meta), content, footerOffset);
    for (BatchMeta batch : footer.batches()) {
      ranges.written(batchRange(file, batch), content, Math.toIntExact(batch.offset()));
    }
  }

  private static FileRange footerRange(ObjectKey file, SstMeta meta) {
    int length = Math.toIntExact(meta.size() - meta.footerOffset());
    return new FileRange(file, meta.footerOffset(), length, meta.footerCrc());
  }

  private static FileRange batchRange(ObjectKey file, BatchMeta batch) {
    return new FileRange(file, batch.offset(), batch.length(), batch.crc());
  }

  private static SstFooter parse(ObjectKey file, byte[] bytes) {
    int end = bytes.length - TRAILER_BYTES;
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    byte[] flatbuffer = Arrays.copyOfRange(bytes, end - length, end);
    ArrowFooter footer = new ArrowFooter(Footer.getRootAsFooter(ByteBuffer.wrap(flatbuffer)));
    try {
      String statistics = footer.getMetaData().get(FooterJson.KEY);
      return new SstFooter(footer.getSchema(), FooterJson.read(statistics, footer.getSchema()));
    } catch (JsonProcessingException e) {
      throw new TerraneException(
          ErrorCode.CORRUPTED, "file " + file + " has unreadable statistics", e);
    }
  }
}
