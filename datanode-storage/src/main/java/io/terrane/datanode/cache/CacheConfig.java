package io.terrane.datanode.cache;

import java.nio.file.Path;

/**
 * Files near at hand, and how they are fetched.
 *
 * @param diskBytes parts of files kept on the local disk; 0 for none
 * @param directory where; each datanode has a folder of its own below it
 * @param requestBytes neighbouring parts of a file are fetched by one request of this size at most
 * @param aheadRequests requests under way at most for one file that is read from end to end
 * @param aheadBytes what all scans of the datanode together have asked for ahead of need
 */
public record CacheConfig(
    long diskBytes, Path directory, int requestBytes, int aheadRequests, int aheadBytes) {
  public static final CacheConfig DEFAULT =
      new CacheConfig(0, Path.of("terrane-data", "cache"), 4 << 20, 2, 64 << 20);

  public CacheConfig {
    if (diskBytes < 0 || requestBytes < 1 || aheadRequests < 0 || aheadBytes < 0) {
      throw new IllegalArgumentException(
          "disk-bytes, ahead-requests and ahead-bytes must not be negative, request-bytes positive");
    }
  }
}
