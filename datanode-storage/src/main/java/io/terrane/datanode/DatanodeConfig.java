package io.terrane.datanode;

import io.terrane.api.node.NodeId;
import io.terrane.datanode.cache.CacheConfig;
import io.terrane.datanode.compaction.CompactionConfig;
import java.time.Duration;
import java.util.Objects;

/**
 * A datanode's settings.
 *
 * @param nodeId number of the node, unique among datanodes
 * @param writeBufferBytes memory for all memtables; writes wait beyond it
 * @param regionFlushBytes a region's memtable is flushed at this size
 * @param walRecordBytesMax larger groups of rows are split
 * @param groupRowsMax rows committed together at most
 * @param sstBatchRows rows of a record batch in a file
 * @param scanBatchRows rows of a batch that a scan lends
 * @param regionMailboxWritesMax waiting writes of a region; more are answered REGION_BUSY
 * @param rememberedWritesMax write ids a region remembers
 * @param cacheBytes raw batches of files kept in memory
 * @param cachedFooters footers of files kept in memory
 * @param decodedCacheBytes columns of files kept in memory as queries read them
 * @param cache parts of files on the local disk, and requests ahead of need
 * @param candidateBytesMax memtable of a candidate before it looks for the leader's flush
 * @param manifestCheckpointEvery edits between two checkpoints
 * @param compaction when and how files are merged
 * @param heartbeatInterval between two heartbeats
 * @param leaseWait how long a write to a new leader waits for the first lease
 * @param writeStallMax how long a write waits for memory
 * @param retryDelay before a failed step in the background is tried again
 * @param obsoleteFileGrace how long files stay after a compaction replaced them
 * @param rememberedWritesAge write ids are forgotten when they are older
 * @param walTailRecordsMax a region that nobody can open without more records of its WAL topic than
 *     this, its own and others', is flushed, so that the log can be trimmed
 * @param walTailAgeMax so is one that needs any record for longer than this
 */
public record DatanodeConfig(
    NodeId nodeId,
    long writeBufferBytes,
    long regionFlushBytes,
    int walRecordBytesMax,
    int groupRowsMax,
    int sstBatchRows,
    int scanBatchRows,
    int regionMailboxWritesMax,
    int rememberedWritesMax,
    long cacheBytes,
    int cachedFooters,
    long decodedCacheBytes,
    CacheConfig cache,
    long candidateBytesMax,
    int manifestCheckpointEvery,
    CompactionConfig compaction,
    Duration heartbeatInterval,
    Duration leaseWait,
    Duration writeStallMax,
    Duration retryDelay,
    Duration obsoleteFileGrace,
    Duration rememberedWritesAge,
    long walTailRecordsMax,
    Duration walTailAgeMax) {
  private static final int MIB = 1 << 20;

  public DatanodeConfig {
    Objects.requireNonNull(nodeId, "nodeId");
  }

  public static DatanodeConfig defaults(NodeId nodeId) {
    return new DatanodeConfig(
        nodeId,
        256L * MIB,
        64L * MIB,
        900_000,
        16_384,
        32_768,
        8_192,
        10_000,
        4_096,
        128L * MIB,
        1_000,
        128L * MIB,
        CacheConfig.DEFAULT,
        64L * MIB,
        20,
        CompactionConfig.DEFAULT,
        Duration.ofMillis(500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofMillis(500),
        Duration.ofMinutes(10),
        Duration.ofMinutes(10),
        20_000,
        Duration.ofHours(1));
  }

  /** The same with other bounds for memtables. */
  public DatanodeConfig withMemory(long bufferBytes, long flushBytes) {
    return new DatanodeConfig(
        nodeId,
        bufferBytes,
        flushBytes,
        walRecordBytesMax,
        groupRowsMax,
        sstBatchRows,
        scanBatchRows,
        regionMailboxWritesMax,
        rememberedWritesMax,
        cacheBytes,
        cachedFooters,
        decodedCacheBytes,
        cache,
        candidateBytesMax,
        manifestCheckpointEvery,
        compaction,
        heartbeatInterval,
        leaseWait,
        writeStallMax,
        retryDelay,
        obsoleteFileGrace,
        rememberedWritesAge,
        walTailRecordsMax,
        walTailAgeMax);
  }
}
