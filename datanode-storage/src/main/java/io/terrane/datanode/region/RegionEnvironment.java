package io.terrane.datanode.region;

import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.datanode.compaction.CompactionCounters;
import io.terrane.datanode.compaction.CompactionSlots;
import io.terrane.datanode.memtable.WriteBuffer;
import io.terrane.datanode.sst.ColumnCache;
import io.terrane.datanode.sst.SstReader;
import io.terrane.datanode.wal.ReplayPasses;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.objectstore.ObjectStore;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What the regions of a datanode share.
 *
 * @param writer names this life of the datanode in manifest edits
 * @param workers run region workers; their tasks never block
 * @param background runs flushes, compactions and manifest reads; these block on the bucket
 * @param columns decoded, of files
 * @param clock for rows that are out of their time
 * @param compactions jobs that may run at once
 * @param pace how fast compactions may write
 * @param events what regions ask of the datanode
 */
public record RegionEnvironment(
    DatanodeConfig config,
    String writer,
    SharedLog log,
    ReplayPasses replays,
    IntFunction<LogTopic> walTopics,
    ObjectStore store,
    SstReader reader,
    ColumnCache columns,
    WriteBuffer writeBuffer,
    BufferAllocator allocator,
    Executor workers,
    Executor background,
    Scheduler scheduler,
    Ticker ticker,
    InstantSource clock,
    CompactionSlots compactions,
    BytePace pace,
    CompactionCounters counters,
    RegionEvents events) {}
