package io.terrane.api.batch;

/**
 * Where the bytes of files came from that a stream's rows were read from.
 *
 * @param requests asked of the bucket
 * @param bucketBytes asked for by these
 * @param diskBytes found on the datanode's own disk
 * @param memoryBytes found in its memory
 */
public record ReadTraffic(long requests, long bucketBytes, long diskBytes, long memoryBytes) {
  public static final ReadTraffic NONE = new ReadTraffic(0, 0, 0, 0);

  public ReadTraffic plus(ReadTraffic other) {
    return new ReadTraffic(
        requests + other.requests,
        bucketBytes + other.bucketBytes,
        diskBytes + other.diskBytes,
        memoryBytes + other.memoryBytes);
  }
}
