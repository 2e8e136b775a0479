package io.terrane.api.region;

/**
 * What a candidate has read of its WAL topic.
 *
 * @param readBytes of records, its share of those that no region of its pass needed included
 * @param usefulBytes of the region's own records
 * @param records of the region
 */
public record ReplayWork(long readBytes, long usefulBytes, long records) {
  public static final ReplayWork NONE = new ReplayWork(0, 0, 0);
}
