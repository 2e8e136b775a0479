package io.terrane.rpc.region;

import io.grpc.StatusRuntimeException;
import io.terrane.api.batch.AffectedRows;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.service.RegionService;
import io.terrane.rpc.channel.ActionTable;
import io.terrane.rpc.channel.FlightErrors;
import io.terrane.rpc.channel.Verb;
import io.terrane.rpc.proto.FragmentProto;
import io.terrane.rpc.proto.RegionProto;
import io.terrane.rpc.wire.InstructionWire;
import io.terrane.rpc.wire.Messages;
import io.terrane.rpc.wire.RegionWire;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.NoOpFlightProducer;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes a datanode's regions: DoGet scans, DoPut writes, DoAction instructions. */
public final class RegionFlightProducer extends NoOpFlightProducer {

  private static final Logger LOG = LoggerFactory.getLogger(RegionFlightProducer.class);

  /** Each scan under way has a thread. */
  private static final int SCANS_MAX = 1024;

  private final Semaphore scanPermits = new Semaphore(SCANS_MAX);
  private final RegionService regions;
  private final BufferAllocator allocator;
  private final Executor scans;
  private final ActionTable actions;

  /**
   * @param allocator parent of each scan's own
   * @param scans runs each scan to its end, blocking on storage and on slow readers; must grow with
   *     demand
   */
  public RegionFlightProducer(RegionService regions, BufferAllocator allocator, Executor scans) {
    this.regions = regions;
    this.allocator = allocator;
    this.scans = scans;
    this.actions =
        new ActionTable()
            .on(
                Verb.INSTRUCT,
                RegionProto.RegionInstruction.parser(),
                message ->
                    regions
                        .instruct(InstructionWire.decode(message))
                        .thenApply(InstructionWire::encode));
  }

  /** Leaves the calling thread at once: it is the one that would report readiness. */
  @Override
  public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
    try {
      FragmentProto.ScanTicket scan =
          Messages.read(FragmentProto.ScanTicket.parser(), ticket.getBytes());
      ScanSender sender = new ScanSender(regions, allocator, scan, listener);
      start(sender);
    } catch (RuntimeException refused) {
      listener.error(FlightErrors.toFlight(refused));
    }
  }

  private void start(ScanSender sender) {
    if (!scanPermits.tryAcquire()) {
      throw new TerraneException(
          ErrorCode.RESOURCE_EXHAUSTED, SCANS_MAX + " scans are under way on this datanode");
    }
    try {
      scans.execute(
          () -> {
            try {
              sender.run();
            } finally {
              scanPermits.release();
            }
          });
    } catch (RuntimeException refused) {
      scanPermits.release();
      throw refused;
    }
  }

  @Override
  public Runnable acceptPut(
      CallContext context, FlightStream rows, StreamListener<PutResult> answer) {
    return () -> {
      try {
        acknowledge(write(rows), answer);
      } catch (StatusRuntimeException gone) {
        LOG.debug("nobody waits for the answer to a write any more", gone);
      } catch (RuntimeException failure) {
        answer.onError(FlightErrors.toFlight(failure));
      }
    };
  }

  @Override
  public void doAction(CallContext context, Action action, StreamListener<Result> listener) {
    actions.run(action, listener);
  }

  /**
   * Waits without a limit of its own: the rows are in use until the region has answered, whether or
   * not anyone still waits for it.
   */
  private AffectedRows write(FlightStream rows) {
    RegionProto.WriteHeader header =
        Messages.read(RegionProto.WriteHeader.parser(), rows.getDescriptor().getCommand());
    if (!rows.next()) {
      throw new TerraneException(ErrorCode.INVALID_ARGUMENT, "a write came without rows");
    }
    RegionWrite write = RegionWire.decode(header, rows.getRoot());
    return regions.write(write).join();
  }

  private void acknowledge(AffectedRows affected, StreamListener<PutResult> answer) {
    byte[] ack =
        RegionProto.WriteAck.newBuilder().setAffectedRows(affected.count()).build().toByteArray();
    try (ArrowBuf buffer = allocator.buffer(Math.max(1, ack.length))) {
      buffer.writeBytes(ack);
      answer.onNext(PutResult.metadata(buffer));
    }
    answer.onCompleted();
  }
}
