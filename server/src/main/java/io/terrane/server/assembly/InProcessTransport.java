package io.terrane.server.assembly;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.service.Datanodes;
import io.terrane.api.service.RegionService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.BufferAllocator;

/** Nodes of one process: hands out the very objects. One instance is shared by all of them. */
public final class InProcessTransport implements ClusterTransport {
  private final Map<NodeId, RegionService> datanodes = new ConcurrentHashMap<>();
  private volatile MetaPorts meta;

  @Override
  public void publishMeta(MetaPorts ports) {
    meta = ports;
  }

  @Override
  public void publishRegions(NodeId node, RegionService regions) {
    datanodes.put(node, regions);
  }

  @Override
  public String address() {
    return "in-process";
  }

  @Override
  public MetaPorts meta() {
    if (meta == null) {
      throw new IllegalStateException("the metasrv is not published yet");
    }
    return meta;
  }

  @Override
  public Datanodes datanodes() {
    return node -> datanodes.getOrDefault(node, new Absent(node));
  }

  @Override
  public void close() {
    datanodes.clear();
  }

  /** A datanode that is not there. */
  private record Absent(NodeId node) implements RegionService {
    @Override
    public BatchStream scan(
        RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
      throw unreachable();
    }

    @Override
    public CompletableFuture<AffectedRows> write(RegionWrite write) {
      return CompletableFuture.failedFuture(unreachable());
    }

    @Override
    public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
      return CompletableFuture.failedFuture(unreachable());
    }

    private TerraneException unreachable() {
      return new TerraneException(
          ErrorCode.NODE_UNREACHABLE, "datanode " + node + " is not running");
    }
  }
}
