package io.terrane.datanode.sst;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Puts a region's files into the bucket under names that nobody has used. Blocks. Thread-safe: a
 * compaction may put its files beside a flush.
 */
public final class SstFiles {
  /** Tries for one file; each leaves at most one orphan. */
  private static final int NAMES_MAX = 1_000;

  private final ObjectStore store;
  private final SstReader reader;
  private final Function<SstId, ObjectKey> path;
  private RegionEpoch namedEpoch;
  private long namedVersion;
  private int nextNumber;

  /**
   * @param reader hears of new files
   */
  public SstFiles(ObjectStore store, SstReader reader, Function<SstId, ObjectKey> path) {
    this.store = store;
    this.reader = reader;
    this.path = path;
  }

  /** The file's description under the name it got. */
  public SstMeta create(RegionEpoch epoch, long manifestVersion, SstWriter.SstFile file) {
    try {
      for (int tries = 0; tries < NAMES_MAX; tries++) {
        SstId id = nextName(epoch, manifestVersion);
        ObjectKey key = path.apply(id);
        if (store.create(key, file.content()).join()) {
          SstMeta meta = file.describe(id);
          reader.written(key, meta, file.content());
          return meta;
        }
      }
    } catch (CompletionException e) {
      throw TerraneException.of(e);
    }
    throw new TerraneException(
        ErrorCode.CONFLICT,
        "no free file name under epoch " + epoch + ", manifest version " + manifestVersion);
  }

  /**
   * Goes on behind the names given before, taken or in doubt: trying those again would put the
   * whole file once for each of them.
   */
  private synchronized SstId nextName(RegionEpoch epoch, long manifestVersion) {
    if (!epoch.equals(namedEpoch) || manifestVersion != namedVersion) {
      namedEpoch = epoch;
      namedVersion = manifestVersion;
      nextNumber = 0;
    }
    return SstId.of(epoch, manifestVersion, nextNumber++);
  }
}
