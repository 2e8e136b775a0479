package io.terrane.datanode.compaction;

import io.terrane.api.region.RegionEpoch;
import io.terrane.datanode.manifest.ManifestLog;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionPaths;
import io.terrane.datanode.row.Projection;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.scan.KeySearch;
import io.terrane.datanode.scan.MergeCursor;
import io.terrane.datanode.scan.RowCursor;
import io.terrane.datanode.scan.RunCursor;
import io.terrane.datanode.scan.TimeBounds;
import io.terrane.datanode.scan.WindowCursor;
import io.terrane.datanode.sst.SstCursor;
import io.terrane.datanode.sst.SstFiles;
import io.terrane.datanode.sst.SstId;
import io.terrane.datanode.sst.SstMeta;
import io.terrane.datanode.sst.SstWriter;
import io.terrane.datanode.sst.TimeRange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;

/**
 * One job at work: merges its runs, window by window, and writes files of bounded size. In memory
 * are a batch of each run and the file being written. Goes in steps, so that a long job can be
 * slowed down, and given up. Blocks on the bucket; one thread at a time. Nothing refers to the new
 * files until a manifest edit does.
 */
public final class CompactionRun implements AutoCloseable {
  /** Written, or merely read, before a step ends. */
  private static final long STEP_BYTES = 4L << 20;

  private static final int STEP_BATCHES = 64;

  private final RegionEnvironment environment;
  private final RegionSchema schema;
  private final RegionPaths paths;
  private final SstFiles files;
  private final ManifestLog manifest;
  private final RegionEpoch epoch;
  private final CompactionJob job;
  private final Projection projection;
  private final Optional<TimeBounds> unexpired;
  private final Deque<Optional<TimeBounds>> windows = new ArrayDeque<>();
  private final List<SstMeta> added = new ArrayList<>();
  private final Set<SstId> created = ConcurrentHashMap.newKeySet();
  private MergeCursor rows;
  private SstWriter writer;

  /**
   * @param now when the job began, for rows that are out of their time
   */
  public CompactionRun(
      RegionEnvironment environment,
      RegionSchema schema,
      RegionPaths paths,
      SstFiles files,
      ManifestLog manifest,
      RegionEpoch epoch,
      CompactionJob job,
      Instant now) {
    this.environment = environment;
    this.schema = schema;
    this.paths = paths;
    this.files = files;
    this.manifest = manifest;
    this.epoch = epoch;
    this.job = job;
    this.projection = Projection.all(schema);
    this.unexpired = TimeBounds.unexpired(schema, now);
    if (!job.runs().isEmpty()) {
      windows.addAll(windows());
    }
  }

  /** The windows that the files touch; the planner saw to it that they are few. */
  private List<Optional<TimeBounds>> windows() {
    long length = job.windowSeconds();
    if (length == 0) {
      return List.of(Optional.empty());
    }
    List<TimeRange> times =
        job.runs().stream().flatMap(List::stream).flatMap(file -> file.time().stream()).toList();
    long first = times.stream().mapToLong(TimeRange::firstSecond).min().orElse(0);
    long last = times.stream().mapToLong(TimeRange::lastSecond).max().orElse(0);
    List<Optional<TimeBounds>> touched = new ArrayList<>();
    for (long w = Math.floorDiv(first, length); w <= Math.floorDiv(last, length); w++) {
      touched.add(Optional.of(TimeBounds.ofSeconds(schema, w * length, (w + 1) * length)));
    }
    return touched;
  }

  /**
   * Goes on for a while.
   *
   * @param cancelled asked between batches
   * @return bytes written; empty when all is done or the job was given up
   */
  public Optional<Long> step(BooleanSupplier cancelled) {
    long written = 0;
    for (int i = 0; i < STEP_BATCHES && written < STEP_BYTES; i++) {
      if (cancelled.getAsBoolean() || (rows == null && windows.isEmpty())) {
        return Optional.empty();
      }
      written += advance();
    }
    return Optional.of(written);
  }

  private long advance() {
    if (rows == null) {
      rows = merge(windows.remove());
    }
    if (writer == null) {
      writer = new SstWriter(schema, environment.config().sstBatchRows(), 1, allocator());
    }
    long before = writer.bytes();
    boolean more = writer.append(rows);
    long written = writer.bytes() - before;
    if (!more || writer.bytes() >= environment.config().compaction().fileBytes()) {
      endFile();
    }
    if (!more) {
      rows.close();
      rows = null;
    }
    return written;
  }

  private void endFile() {
    long version = manifest.present().version();
    writer
        .finish()
        .map(file -> files.create(epoch, version, file))
        .ifPresent(
            file -> {
              created.add(file.id());
              added.add(file);
            });
    writer.close();
    writer = null;
  }

  private MergeCursor merge(Optional<TimeBounds> window) {
    List<RowCursor> cursors = new ArrayList<>();
    for (List<SstMeta> run : job.runs()) {
      List<Supplier<RowCursor>> files = new ArrayList<>();
      run.forEach(file -> files.add(() -> open(file, window)));
      cursors.add(new RunCursor(files));
    }
    return new MergeCursor(cursors, projection, job.tombstones());
  }

  private RowCursor open(SstMeta file, Optional<TimeBounds> window) {
    RowCursor cursor =
        new SstCursor(
            environment.reader().once(),
            paths.file(file.id()),
            file,
            projection,
            batch ->
                window.map(bounds -> bounds.mayContain(batch)).orElse(true)
                    && unexpired.map(bounds -> bounds.mayContain(batch)).orElse(true),
            KeySearch.ALL,
            Optional.empty(),
            allocator());
    for (Optional<TimeBounds> bounds : List.of(window, unexpired)) {
      if (bounds.isPresent()) {
        cursor = new WindowCursor(cursor, projection, bounds.get());
      }
    }
    return cursor;
  }

  private BufferAllocator allocator() {
    return environment.allocator();
  }

  /** The new files, once the last step is done. */
  public List<SstMeta> added() {
    return List.copyOf(added);
  }

  /** Files that nobody refers to yet. May be asked by any thread. */
  public Set<SstId> created() {
    return created;
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }
}
