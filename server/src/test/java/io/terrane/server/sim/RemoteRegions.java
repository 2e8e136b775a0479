package io.terrane.server.sim;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchSink;
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
import io.terrane.api.service.RegionService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** A datanode's regions as another process sees them; rows travel as bytes. */
final class RemoteRegions implements RegionService {
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SCAN_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration INSTRUCTION_TIMEOUT = Duration.ofSeconds(30);

  private final SimulatedCluster cluster;
  private final SimulatedProcess from;
  private final NodeId node;

  RemoteRegions(SimulatedCluster cluster, SimulatedProcess from, NodeId node) {
    this.cluster = cluster;
    this.from = from;
    this.node = node;
  }

  @Override
  public CompletableFuture<AffectedRows> write(RegionWrite write) {
    byte[] rows = ArrowBytes.encode(write.rows());
    DatanodeLife life = cluster.datanode(node);
    return cluster
        .network()
        .call(
            from,
            life.running(),
            WRITE_TIMEOUT,
            ErrorCode.WRITE_OUTCOME_UNKNOWN,
            () -> {
              ArrowStreamReader batch = ArrowBytes.decode(rows, cluster.allocator());
              return life.regions()
                  .write(
                      new RegionWrite(
                          write.region(),
                          write.epoch(),
                          write.id(),
                          write.mode(),
                          ArrowBytes.root(batch)))
                  .whenComplete((affected, problem) -> ArrowBytes.close(batch));
            });
  }

  @Override
  public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
    DatanodeLife life = cluster.datanode(node);
    return cluster
        .network()
        .call(
            from,
            life.running(),
            INSTRUCTION_TIMEOUT,
            ErrorCode.NODE_UNREACHABLE,
            () -> {
              cluster.onInstruction(node, instruction);
              return life.regions().instruct(instruction);
            });
  }

  @Override
  public BatchStream scan(
      RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
    DatanodeLife life = cluster.datanode(node);
    try {
      List<byte[]> batches =
          cluster
              .network()
              .call(
                  from,
                  life.running(),
                  SCAN_TIMEOUT,
                  ErrorCode.NODE_UNREACHABLE,
                  () -> readAll(life, region, epoch, fragment))
              .join();
      return new Arrived(batches, allocator);
    } catch (CompletionException e) {
      throw TerraneException.of(e);
    }
  }

  /** An empty batch with the schema, then the rows. */
  private CompletableFuture<List<byte[]>> readAll(
      DatanodeLife life, RegionId region, RegionEpoch epoch, PlanFragment fragment) {
    SimulatedFuture<List<byte[]>> all = new SimulatedFuture<>();
    Fiber.start(
        life.process(),
        () -> {
          List<byte[]> batches = new ArrayList<>();
          try (BatchStream stream =
              life.regions().scan(region, epoch, fragment, cluster.allocator())) {
            try (VectorSchemaRoot empty =
                VectorSchemaRoot.create(stream.schema(), cluster.allocator())) {
              batches.add(ArrowBytes.encode(empty));
            }
            while (stream.advance(batch -> batches.add(ArrowBytes.encode(batch)))) {}
          } catch (TerraneException e) {
            all.completeExceptionally(e);
          }
          all.complete(batches);
        });
    return all;
  }

  /** Lends what has arrived. */
  private static final class Arrived implements BatchStream {
    private final List<byte[]> batches;
    private final BufferAllocator allocator;
    private final Schema schema;
    private int next = 1;

    Arrived(List<byte[]> batches, BufferAllocator allocator) {
      this.batches = batches;
      this.allocator = allocator;
      ArrowStreamReader empty = ArrowBytes.decode(batches.get(0), allocator);
      this.schema = ArrowBytes.root(empty).getSchema();
      ArrowBytes.close(empty);
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public boolean advance(BatchSink sink) {
      if (next >= batches.size()) {
        return false;
      }
      ArrowStreamReader batch = ArrowBytes.decode(batches.get(next++), allocator);
      try {
        sink.accept(ArrowBytes.root(batch));
      } finally {
        ArrowBytes.close(batch);
      }
      return true;
    }

    @Override
    public void close() {
      next = batches.size();
    }
  }
}
