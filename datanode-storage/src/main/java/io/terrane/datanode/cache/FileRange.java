package io.terrane.datanode.cache;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.objectstore.ObjectKey;
import java.util.zip.CRC32C;

/**
 * A part of a file in the bucket, which is read whole or not at all.
 *
 * @param crc CRC-32C of its bytes, as the manifest or the file's footer says
 */
public record FileRange(ObjectKey file, long offset, int length, int crc) {
  /** Whether {@code bytes}, from {@code from} on, are this part. */
  public boolean isAt(byte[] bytes, int from) {
    if (from < 0 || bytes.length - from < length) {
      return false;
    }
    CRC32C actual = new CRC32C();
    actual.update(bytes, from, length);
    return (int) actual.getValue() == crc;
  }

  /** Where the part behind this one would begin. */
  public long end() {
    return offset + length;
  }

  TerraneException corrupted() {
    return new TerraneException(
        ErrorCode.CORRUPTED,
        "file %s is corrupted: checksum of %d bytes at %d does not match"
            .formatted(file, length, offset));
  }
}
