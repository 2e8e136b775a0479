package io.terrane.datanode.region;

import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionFile;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.Datum;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.sst.TimeRange;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectStore;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A region's files as others are told of them. */
public final class RegionFiles {
  private static final long NANOS = 1_000_000_000;

  private final RegionPaths paths;

  public RegionFiles(RegionId region) {
    this.paths = new RegionPaths(region);
  }

  /** Those that the manifest names. */
  public InstructionReply of(RegionVersion version) {
    return new InstructionReply.Files(version.files().stream().map(this::file).toList());
  }

  /** Those that lie in the bucket, needed or not. */
  public CompletableFuture<InstructionReply> in(ObjectStore store) {
    return store
        .list(paths.data())
        .thenApply(
            objects ->
                new InstructionReply.Files(objects.stream().map(RegionFiles::file).toList()));
  }

  private static RegionFile file(ObjectInfo object) {
    return new RegionFile(
        object.key().path(), object.size(), Optional.of(object.lastModified()), Optional.empty());
  }

  private RegionFile file(SstMeta file) {
    RegionFile.Content content =
        new RegionFile.Content(
            file.id().name(),
            file.level(),
            file.rows(),
            file.lastSequence(),
            file.time().map(TimeRange::first).map(RegionFiles::instant),
            file.time().map(TimeRange::last).map(RegionFiles::instant));
    return new RegionFile(
        paths.file(file.id()).path(), file.size(), Optional.empty(), Optional.of(content));
  }

  private static Instant instant(Datum time) {
    long value = (Long) time.value();
    long units = time.type().unitsPerSecond();
    return Instant.ofEpochSecond(
        Math.floorDiv(value, units), Math.floorMod(value, units) * (NANOS / units));
  }
}
