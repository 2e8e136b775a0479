package io.terrane.datanode.worker;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.datanode.manifest.RegionManifest;
import io.terrane.datanode.memtable.MemTable;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionVersion;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowBatch;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.wal.RecordedWrite;
import io.terrane.datanode.wal.WalEntry;
import io.terrane.datanode.wal.WalIndex;
import io.terrane.datanode.wal.WalPoint;
import io.terrane.datanode.wal.WriteAheadLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A region's rows and where they stand in the log. Changed by the region worker alone; {@link #pin}
 * and the statistics may be called by any thread.
 */
final class RegionData implements AutoCloseable {
  private final RegionEnvironment environment;
  private final RegionId region;
  private final RegionSchema schema;
  private final WriteAheadLog wal;
  private final WalIndex index;
  private volatile RegionVersion version;
  private volatile WalPoint point;
  private volatile WalPoint flushed;
  private volatile long writtenBytes;
  private WalPoint manifestReplay;
  private volatile boolean closed;
  private final List<RegionVersion> superseded = new ArrayList<>();
  private WalPoint frozenAt;
  private WalPoint frozenReplay;

  RegionData(
      RegionEnvironment environment,
      RegionId region,
      RegionSchema schema,
      WriteAheadLog wal,
      RegionManifest manifest) {
    this.environment = environment;
    this.region = region;
    this.schema = schema;
    this.wal = wal;
    this.index = new WalIndex(environment.config().rememberedWritesMax());
    this.point = manifest.replay();
    this.flushed = manifest.flushed();
    this.manifestReplay = manifest.replay();
    this.version =
        new RegionVersion(
            MemTable.empty(schema),
            MemTable.empty(schema),
            manifest.files(),
            manifest.flushed().sequence());
  }

  RegionSchema schema() {
    return schema;
  }

  WalIndex index() {
    return index;
  }

  /** Behind the last record read or written. */
  WalPoint point() {
    return point;
  }

  void moveTo(WalPoint next) {
    point = next;
  }

  WalPoint flushed() {
    return flushed;
  }

  /** Where the manifest says that reading the log begins. */
  WalPoint manifestReplay() {
    return manifestReplay;
  }

  long writtenBytes() {
    return writtenBytes;
  }

  RegionVersion version() {
    return version;
  }

  /** The present version, retained for the caller. */
  RegionVersion pin() {
    return tryPin()
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.REGION_NOT_OPEN, "region " + region + " was closed meanwhile"));
  }

  /** The present version, retained for the caller; nothing once the region is closed. */
  Optional<RegionVersion> tryPin() {
    while (!closed) { // a version that is gone has a successor, except the last
      RegionVersion present = version;
      if (present.tryRetain()) {
        return Optional.of(present);
      }
    }
    return Optional.empty();
  }

  /** Makes a group that was read from the log visible, unless it is in files already. */
  void replay(WalEntry entry) {
    index.add(entry.before(), entry.writes(), environment.ticker().nanos());
    if (entry.lastSequence() <= flushed.sequence()) {
      return;
    }
    for (VectorSchemaRoot rows : entry.decode(wal.codec(), environment.allocator())) {
      try (rows) {
        insert(rows, entry.lastSequence());
      }
    }
  }

  /** Makes a group that the log has just taken at {@code position} visible. */
  void commit(VectorSchemaRoot rows, long position, List<RecordedWrite> writes) {
    long last = point.sequence() + rows.getRowCount();
    insert(rows, last); // first, as it alone may fail: for want of memory
    index.add(point, writes, environment.ticker().nanos());
    point = new WalPoint(position + 1, point.epoch(), last);
  }

  private void insert(VectorSchemaRoot rows, long lastSequence) {
    RowBatch batch = RowBatch.sort(rows, schema, environment.allocator());
    writtenBytes += batch.bytes();
    MemTable mutable = version.mutable().plus(batch, environment.allocator());
    swap(new RegionVersion(mutable, version.frozen().share(), version.files(), lastSequence));
  }

  /** Sets the memtable aside for a flush, if none waits for one already. */
  void freeze() {
    if (!version.frozen().isEmpty() || version.mutable().isEmpty()) {
      return;
    }
    frozenAt = point;
    frozenReplay = replayFor(point);
    swap(
        new RegionVersion(
            MemTable.empty(schema),
            version.mutable().share(),
            version.files(),
            version.committedSequence()));
  }

  /** Where to begin reading when all rows before {@code at} are in files. */
  WalPoint replayFor(WalPoint at) {
    index.forgetBefore(
        environment.ticker().nanos() - environment.config().rememberedWritesAge().toNanos());
    return index.oldestNeeded(at);
  }

  /** Where the log stood when the memtable was frozen. */
  WalPoint frozenAt() {
    return frozenAt;
  }

  WalPoint frozenReplay() {
    return frozenReplay;
  }

  /** Takes over what the manifest says: rows that are in files or truncated leave the memory. */
  void install(RegionManifest manifest) {
    superseded.removeIf(RegionVersion::isReleased);
    if (!version.files().equals(manifest.files())) {
      superseded.add(version);
    }
    flushed = manifest.flushed();
    manifestReplay = manifest.replay();
    long sequence = flushed.sequence();
    swap(
        new RegionVersion(
            version.mutable().newerThan(sequence, environment.allocator()),
            version.frozen().newerThan(sequence, environment.allocator()),
            manifest.files(),
            Math.max(version.committedSequence(), sequence)));
  }

  /** Files of versions that scans still hold. */
  Set<SstMeta> filesInUse() {
    superseded.removeIf(RegionVersion::isReleased);
    Set<SstMeta> files = new HashSet<>();
    superseded.forEach(old -> files.addAll(old.files()));
    return files;
  }

  private void swap(RegionVersion next) {
    RegionVersion before = version;
    version = next;
    before.release();
    environment.writeBuffer().set(region, next.memtableBytes());
  }

  @Override
  public void close() {
    environment.writeBuffer().set(region, 0);
    closed = true;
    version.release();
  }
}
