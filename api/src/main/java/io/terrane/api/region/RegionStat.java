package io.terrane.api.region;

/**
 * What a datanode reports of one open region with each heartbeat. Sizes are bytes.
 *
 * @param rows live rows, an estimate where versions of a row lie in several files
 * @param writtenBytes Arrow bytes taken since the region was opened
 * @param committedSequence last sequence that reads see
 * @param flushedSequence last sequence in files
 * @param replayedPosition position in the WAL topic up to which the region has read or written
 * @param neededPosition position in the WAL topic before which nobody who has or opens the region
 *     needs anything; -1 if that is not known
 * @param schemaVersion of the table's schema that the region is under
 * @param storedRows versions of rows in files and memtables, replaced ones and tombstones included
 * @param flushedBytes of files that flushes wrote since the region was opened
 * @param mergedBytes of files that compactions wrote since then
 */
public record RegionStat(
    RegionId region,
    RegionEpoch epoch,
    RegionRole role,
    long rows,
    long writtenBytes,
    long memtableBytes,
    long manifestBytes,
    long sstBytes,
    long sstCount,
    long manifestVersion,
    long committedSequence,
    long flushedSequence,
    long replayedPosition,
    long neededPosition,
    int schemaVersion,
    long storedRows,
    long flushedBytes,
    long mergedBytes) {}
