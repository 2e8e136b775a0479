package io.terrane.datanode.sst;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.zip.CRC32C;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.vector.ipc.message.ArrowFooter;

/**
 * Gives footers and the raw bytes of batches, checked against their checksums, from the bucket or
 * from a cache of bounded size. Blocks on the bucket. Thread-safe.
 */
public final class SstReader {
  /** Footer length and the closing magic, "ARROW1". */
  private static final int TRAILER_BYTES = 4 + 6;

  private final ObjectStore store;
  private final Cache<String, SstFooter> footers;
  private final Cache<String, byte[]> batches;

  public SstReader(ObjectStore store, long cacheBytes, int cachedFooters) {
    this.store = store;
    this.footers = Caffeine.newBuilder().maximumSize(cachedFooters).executor(Runnable::run).build();
    this.batches =
        Caffeine.newBuilder()
            .maximumWeight(cacheBytes)
            .weigher((String key, byte[] bytes) -> bytes.length)
            .executor(Runnable::run)
            .build();
  }

  SstFooter footer(ObjectKey file, SstMeta meta) {
    SstFooter cached = footers.getIfPresent(file.path());
    if (cached != null) {
      return cached;
    }
    SstFooter footer = parse(file, meta);
    footers.put(file.path(), footer);
    return footer;
  }

  /** Head and body of a batch's message. */
  byte[] batch(ObjectKey file, BatchMeta batch) {
    String cacheKey = file.path() + "@" + batch.offset();
    byte[] cached = batches.getIfPresent(cacheKey);
    if (cached != null) {
      return cached;
    }
    byte[] bytes = read(file, batch.offset(), batch.length(), batch.crc());
    batches.put(cacheKey, bytes);
    return bytes;
  }

  private SstFooter parse(ObjectKey file, SstMeta meta) {
    int length = Math.toIntExact(meta.size() - meta.footerOffset());
    byte[] bytes = read(file, meta.footerOffset(), length, meta.footerCrc());
    int footerLength =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(length - TRAILER_BYTES);
    byte[] flatbuffer =
        Arrays.copyOfRange(bytes, length - TRAILER_BYTES - footerLength, length - TRAILER_BYTES);
    ArrowFooter footer = new ArrowFooter(Footer.getRootAsFooter(ByteBuffer.wrap(flatbuffer)));
    try {
      String statistics = footer.getMetaData().get(FooterJson.KEY);
      return new SstFooter(footer.getSchema(), FooterJson.read(statistics, footer.getSchema()));
    } catch (JsonProcessingException e) {
      throw new TerraneException(
          ErrorCode.CORRUPTED, "file " + file + " has unreadable statistics", e);
    }
  }

  private byte[] read(ObjectKey file, long offset, int length, int crc) {
    byte[] bytes;
    try {
      bytes = store.get(file, offset, length).join();
    } catch (CompletionException e) {
      throw TerraneException.of(e);
    }
    CRC32C actual = new CRC32C();
    actual.update(bytes);
    if (bytes.length != length || (int) actual.getValue() != crc) {
      throw new TerraneException(
          ErrorCode.CORRUPTED,
          "file "
              + file
              + " is corrupted: checksum of "
              + length
              + " bytes at "
              + offset
              + " does not match");
    }
    return bytes;
  }
}
