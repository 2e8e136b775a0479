package io.terrane.datanode.sst;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Puts files into the bucket under names that nobody has used. Blocks. */
public final class SstFiles {
  /** Tries of one flush or compaction; each leaves at most one orphan. */
  private static final int NAMES_MAX = 1_000;

  private SstFiles() {}

  /** The file's description under the name it got. */
  public static SstMeta create(
      ObjectStore store,
      Function<SstId, ObjectKey> path,
      RegionEpoch epoch,
      long manifestVersion,
      SstWriter.SstFile file) {
    try {
      for (int number = 0; number < NAMES_MAX; number++) {
        SstId id = SstId.of(epoch, manifestVersion, number);
        if (store.create(path.apply(id), file.content()).join()) {
          return file.describe(id);
        }
      }
    } catch (CompletionException e) {
      throw TerraneException.of(e);
    }
    throw new TerraneException(
        ErrorCode.CONFLICT,
        "no free file name under epoch " + epoch + ", manifest version " + manifestVersion);
  }
}
