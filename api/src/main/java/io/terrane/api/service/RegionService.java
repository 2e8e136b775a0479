package io.terrane.api.service;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionWrite;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.BufferAllocator;

/**
 * One datanode's regions. Futures complete on a thread of the implementation, so continuations must
 * not block. Every failure is a TerraneException.
 */
public interface RegionService {
  /**
   * Runs a fragment over a region's rows as of now. The first {@code advance} may report
   * REGION_NOT_LEADER or REGION_NOT_OPEN, as may this call. May block; call on a query thread.
   *
   * @param epoch the leader's epoch in the caller's route; a region that leads under a higher one
   *     still answers, one that leads no more does not
   * @param allocator the query's, for the batches that the stream lends
   */
  BatchStream scan(
      RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator);

  /**
   * Completes when the rows are durable in the log and visible to scans. Never blocks. Sending the
   * same write id again to a region that has it answers the first result. Durable on return:
   * everything. Fails with REGION_NOT_LEADER, REGION_NOT_OPEN, REGION_BUSY (nothing happened),
   * DUPLICATE_KEY (INSERT_UNIQUE), WRITE_OUTCOME_UNKNOWN (the log's answer was lost).
   */
  CompletableFuture<AffectedRows> write(RegionWrite write);

  /** See each instruction for its reply; an instruction may be sent twice. Never blocks. */
  CompletableFuture<InstructionReply> instruct(RegionInstruction instruction);
}
