package io.terrane.rpc.region;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.service.RegionService;
import io.terrane.api.table.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Regions that remember what they were asked. A scan counts from 0 in batches that are written over
 * one another, as a lender may do.
 */
final class FakeRegions implements RegionService {

  static final Schema NUMBERS = new Schema(List.of(DataType.INT64.arrowField("number", false)));

  static final ReadTraffic TRAFFIC = new ReadTraffic(3, 4_000_000_000L, 200, 1_000);

  int batches = 3;
  int batchRows = 100;
  Schema schema = NUMBERS;
  TerraneException scanFailure;
  TerraneException laterScanFailure;
  CompletableFuture<AffectedRows> writeAnswer;
  CompletableFuture<InstructionReply> reply =
      CompletableFuture.completedFuture(new InstructionReply.Done());

  /** When set, every batch waits for it. */
  CountDownLatch storage;

  final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  final List<Object> writtenValues = new ArrayList<>();
  final AtomicInteger batchesLent = new AtomicInteger();
  final CountDownLatch writeArrived = new CountDownLatch(1);
  final CountDownLatch scanClosed = new CountDownLatch(1);

  @Override
  public BatchStream scan(
      RegionId region, RegionEpoch epoch, PlanFragment fragment, BufferAllocator allocator) {
    seen.add("scan " + region + " " + epoch + " " + fragment);
    if (scanFailure != null) {
      throw scanFailure;
    }
    return new Numbers(VectorSchemaRoot.create(schema, allocator));
  }

  @Override
  public CompletableFuture<AffectedRows> write(RegionWrite write) {
    seen.add(
        "write " + write.region() + " " + write.epoch() + " " + write.id() + " " + write.mode());
    for (int i = 0; i < write.rows().getRowCount(); i++) {
      writtenValues.add(write.rows().getVector(0).getObject(i));
    }
    writeArrived.countDown();
    return writeAnswer != null
        ? writeAnswer
        : CompletableFuture.completedFuture(new AffectedRows(write.rows().getRowCount()));
  }

  @Override
  public CompletableFuture<InstructionReply> instruct(RegionInstruction instruction) {
    seen.add("instruct " + instruction);
    return reply;
  }

  private final class Numbers implements BatchStream {
    private final VectorSchemaRoot root;
    private int next;

    Numbers(VectorSchemaRoot root) {
      this.root = root;
    }

    @Override
    public Schema schema() {
      return root.getSchema();
    }

    @Override
    public boolean advance(BatchSink sink) {
      if (next == batches) {
        return false;
      }
      awaitStorage();
      if (next == 1 && laterScanFailure != null) {
        throw laterScanFailure;
      }
      if (!root.getFieldVectors().isEmpty()) {
        BigIntVector numbers = (BigIntVector) root.getVector(0);
        for (int i = 0; i < batchRows; i++) {
          numbers.setSafe(i, (long) next * batchRows + i);
        }
      }
      root.setRowCount(batchRows);
      next++;
      batchesLent.incrementAndGet();
      sink.accept(root);
      return true;
    }

    @Override
    public ReadTraffic traffic() {
      return TRAFFIC;
    }

    private void awaitStorage() {
      try {
        if (storage != null && !storage.await(20, TimeUnit.SECONDS)) {
          throw new AssertionError("storage never came");
        }
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }

    @Override
    public void close() {
      root.close();
      scanClosed.countDown();
    }
  }
}
