package io.terrane.infoschema;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionFile;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.service.RegionService;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.memory.BufferAllocator;

/** A datanode whose regions have a file each, and one more that nobody needs. */
record FakeFiles(NodeId node, Instant now) implements RegionService {
  @Override
  public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
    if (!(instruction instanceof RegionInstruction.ListFiles list)) {
      throw new AssertionError("system tables change nothing");
    }
    String folder = "regions/%s/%d/data/".formatted(list.region().table(), list.region().number());
    RegionFile.Content content =
        new RegionFile.Content(
            "e1-m2-0", 0, 10, 12, Optional.of(now.minusSeconds(60)), Optional.of(now));
    List<RegionFile> files =
        list.stored()
            ? List.of(
                new RegionFile(folder + "e1-m1-0.arrow", 80, Optional.of(now), Optional.empty()),
                new RegionFile(folder + "e1-m2-0.arrow", 90, Optional.of(now), Optional.empty()))
            : List.of(
                new RegionFile(
                    folder + "e1-m2-0.arrow", 90, Optional.empty(), Optional.of(content)));
    return CompletableFuture.completedFuture(new InstructionReply.Files(files));
  }

  @Override
  public BatchStream scan(
      RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
    throw new AssertionError("system tables read no rows");
  }

  @Override
  public CompletableFuture<AffectedRows> write(RegionWrite write) {
    throw new AssertionError("system tables write nothing");
  }
}
