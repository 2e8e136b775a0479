package io.terrane.meta.testing;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.service.RegionService;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/** A region service without rows. */
record InstructionsOnly(Function<RegionInstruction, CompletableFuture<InstructionReply>> carryOut)
    implements RegionService {
  @Override
  public BatchStream scan(
      RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
    throw noRows();
  }

  @Override
  public CompletableFuture<AffectedRows> write(RegionWrite write) {
    return CompletableFuture.failedFuture(noRows());
  }

  @Override
  public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
    return carryOut.apply(instruction);
  }

  private static TerraneException noRows() {
    return new TerraneException(ErrorCode.UNSUPPORTED, "these datanodes hold no rows");
  }
}
