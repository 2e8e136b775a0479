package io.terrane.datanode.compaction;

import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.scan.MergeCursor.Tombstones;
import io.terrane.datanode.sst.SstMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which files to merge; pure. Files are grouped by time window (tables without a time index
 * have one). Within a window the youngest runs are merged as long as the next is not much larger
 * than all before it together, so a row is rewritten a logarithmic number of times; what somebody
 * asked for merges a window to one run. Every job merges runs that are neighbours in age.
 */
public final class CompactionPlanner {
  /** A run joins the merge of younger ones unless it is larger than so many times their sum. */
  private static final long SIZE_RATIO = 2;

  private final CompactionConfig config;

  public CompactionPlanner(CompactionConfig config) {
    this.config = config;
  }

  /** The next job that is worth doing by itself; empty if there is none. */
  public Optional<CompactionJob> planAutomatic(
      RegionSchema schema, List<SstMeta> files, Instant now) {
    return plan(schema, files, now, this::tier);
  }

  /** The next job because somebody asked; empty once there is nothing to gain. */
  public Optional<CompactionJob> planAsked(RegionSchema schema, List<SstMeta> files, Instant now) {
    return plan(schema, files, now, this::everything);
  }

  @FunctionalInterface
  private interface Choice {
    /** Runs of one window, youngest first, that are worth merging; none if it is well as it is. */
    List<List<SstMeta>> of(
        RegionSchema schema, List<List<SstMeta>> runs, TimeWindows windows, List<SstMeta> files);
  }

  private Optional<CompactionJob> plan(
      RegionSchema schema, List<SstMeta> files, Instant now, Choice choice) {
    List<SstMeta> expired = expired(schema, files, now);
    List<SstMeta> live = files.stream().filter(file -> !expired.contains(file)).toList();
    TimeWindows windows = windows(schema, live);
    for (List<SstMeta> group : windows.group(live).descendingMap().values()) {
      List<List<SstMeta>> runs =
          SortedRuns.of(group, config.fileBytes() / 2, schema.isAppendOnly());
      List<List<SstMeta>> chosen = choice.of(schema, runs, windows, live);
      if (!chosen.isEmpty()) {
        List<SstMeta> merged = chosen.stream().flatMap(List::stream).toList();
        long split = windows.splitSeconds(merged);
        return Optional.of(
            new CompactionJob(chosen, expired, split, tombstones(schema, merged, live)));
      }
    }
    return expired.isEmpty()
        ? Optional.empty()
        : Optional.of(new CompactionJob(List.of(), expired, 0, Tombstones.KEPT));
  }

  private static TimeWindows windows(RegionSchema schema, List<SstMeta> files) {
    if (schema.table().schema().timeIndex().isEmpty()) {
      return TimeWindows.NONE;
    }
    return schema
        .compactionWindow()
        .map(length -> new TimeWindows(Math.max(1, length.toSeconds())))
        .orElseGet(() -> TimeWindows.inferred(files));
  }

  private static List<SstMeta> expired(RegionSchema schema, List<SstMeta> files, Instant now) {
    Optional<Duration> ttl = schema.table().timeToLive();
    if (ttl.isEmpty()) {
      return List.of();
    }
    long before = now.minus(ttl.get()).getEpochSecond();
    return files.stream()
        .filter(file -> file.time().map(time -> time.lastSecond() < before).orElse(false))
        .toList();
  }

  private List<List<SstMeta>> tier(
      RegionSchema schema, List<List<SstMeta>> runs, TimeWindows windows, List<SstMeta> files) {
    int count = 0;
    long bytes = 0;
    while (count < Math.min(runs.size(), config.runsMax())
        && (count == 0 || SortedRuns.bytes(runs.get(count)) <= SIZE_RATIO * bytes)) {
      bytes += SortedRuns.bytes(runs.get(count));
      count++;
    }
    if (count >= config.filesMin()) {
      return runs.subList(0, count);
    }
    boolean tooMany = runs.size() > 2 * config.filesMin();
    return tooMany ? runs.subList(0, Math.min(runs.size(), config.runsMax())) : List.of();
  }

  private List<List<SstMeta>> everything(
      RegionSchema schema, List<List<SstMeta>> runs, TimeWindows windows, List<SstMeta> files) {
    List<List<SstMeta>> chosen = runs.subList(0, Math.min(runs.size(), config.runsMax()));
    if (runs.size() > 1) {
      return chosen;
    }
    SstMeta only = runs.get(0).get(0);
    boolean crosses = only.level() == 0 && windows.isSpanned(only.time());
    boolean deletes =
        runs.get(0).stream().anyMatch(file -> file.tombstones() > 0)
            && tombstones(schema, runs.get(0), files) == Tombstones.DROPPED;
    return crosses || deletes ? chosen : List.of();
  }

  /**
   * A delete has done its work when no file outside the job can hold an older row of its key.
   * Versions are not merged column by column over the head of a version that lies outside.
   */
  private static Tombstones tombstones(
      RegionSchema schema, List<SstMeta> merged, List<SstMeta> files) {
    Set<SstMeta> inputs = Set.copyOf(merged);
    long first = merged.stream().mapToLong(SstMeta::firstSequence).min().orElse(0);
    long last = merged.stream().mapToLong(SstMeta::lastSequence).max().orElse(0);
    for (SstMeta file : files) {
      if (inputs.contains(file)) {
        continue;
      }
      boolean between = file.firstSequence() < last && file.lastSequence() > first;
      for (SstMeta input : merged) {
        boolean covered = input.tombstones() > 0 && file.firstSequence() < input.lastSequence();
        boolean matters = covered || (schema.mergesColumns() && between);
        if (matters && mayShareKeys(input, file)) {
          return Tombstones.KEPT;
        }
      }
    }
    return Tombstones.DROPPED;
  }

  private static boolean mayShareKeys(SstMeta left, SstMeta right) {
    boolean sameTime =
        left.time().isEmpty()
            || right.time().isEmpty()
            || left.time().get().overlaps(right.time().get());
    return sameTime
        && SortedRuns.compareKeys(left.firstKey(), right.lastKey()) <= 0
        && SortedRuns.compareKeys(right.firstKey(), left.lastKey()) <= 0;
  }
}
