package io.terrane.api.region;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of a region, as the manifest or the bucket has it.
 *
 * @param path in the bucket
 * @param size in bytes
 * @param modified by the bucket's clock; empty where the manifest was asked
 * @param content what the manifest says of it; empty where the bucket was asked
 */
public record RegionFile(
    String path, long size, Optional<Instant> modified, Optional<Content> content) {
  public RegionFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(modified, "modified");
    Objects.requireNonNull(content, "content");
  }

  /**
   * What is in a file.
   *
   * @param id its name within the region
   * @param level 0: flushed; 1: merged
   * @param rows versions of rows, tombstones included
   * @param lastSequence of these
   * @param first time index of its rows; empty where there is none, or it was not kept
   * @param last likewise
   */
  public record Content(
      String id,
      int level,
      long rows,
      long lastSequence,
      Optional<Instant> first,
      Optional<Instant> last) {
    public Content {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(first, "first");
      Objects.requireNonNull(last, "last");
    }
  }
}
