package io.terrane.datanode.region;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionSpec;
import io.terrane.datanode.manifest.ManifestEdit;
import io.terrane.datanode.manifest.ManifestLog;
import io.terrane.datanode.manifest.RegionManifest;
import io.terrane.datanode.wal.WalPoint;
import io.terrane.objectstore.ObjectInfo;
import java.util.concurrent.CompletableFuture;

/**
 * Finds, makes and deletes what a region has in the bucket. Blocking parts run in the background.
 */
public final class RegionOpener {
  private final RegionEnvironment environment;

  public RegionOpener(RegionEnvironment environment) {
    this.environment = environment;
  }

  /** The manifest of a region that exists; REGION_NOT_FOUND if it does not. */
  public CompletableFuture<ManifestLog> load(RegionSpec spec) {
    return CompletableFuture.supplyAsync(
        () -> {
          ManifestLog manifest = manifest(spec.region());
          if (manifest.load().version() == 0) {
            throw new TerraneException(
                ErrorCode.REGION_NOT_FOUND, "region " + spec.region() + " has no manifest");
          }
          return manifest;
        },
        environment.background());
  }

  /** The manifest of a new region, or of one that an earlier try created. */
  public CompletableFuture<ManifestLog> create(RegionSpec spec, RegionEpoch epoch) {
    return environment
        .log()
        .end(environment.walTopics().apply(spec.walTopic()))
        .thenApplyAsync(end -> create(spec.region(), epoch, end), environment.background());
  }

  private ManifestLog create(RegionId region, RegionEpoch epoch, long walEnd) {
    ManifestLog manifest = manifest(region);
    RegionManifest present = manifest.load();
    if (present.version() == 0) {
      manifest.commit(epoch, new ManifestEdit.Created(new WalPoint(walEnd, 0, 0)));
    }
    return manifest;
  }

  /** Deletes all objects of a region; may be repeated. */
  public CompletableFuture<Void> delete(RegionId region) {
    return CompletableFuture.runAsync(
        () -> {
          for (ObjectInfo object :
              environment.store().list(new RegionPaths(region).root()).join()) {
            environment.store().delete(object.key()).join();
          }
        },
        environment.background());
  }

  private ManifestLog manifest(RegionId region) {
    return new ManifestLog(
        environment.store(),
        region,
        new RegionPaths(region).manifest(),
        environment.writer(),
        environment.config().manifestCheckpointEvery());
  }
}
