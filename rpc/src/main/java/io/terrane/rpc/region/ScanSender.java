package io.terrane.rpc.region;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.service.RegionService;
import io.terrane.rpc.channel.FlightErrors;
import io.terrane.rpc.proto.FragmentProto;
import io.terrane.rpc.wire.FragmentWire;
import org.apache.arrow.flight.BackpressureStrategy.CallbackBackpressureStrategy;
import org.apache.arrow.flight.BackpressureStrategy.WaitResult;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one scan, batch by batch, no faster than it is read; stops when it is cancelled. */
final class ScanSender implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ScanSender.class);

  /** The call's deadline ends the wait; this only bounds one round of it. */
  private static final long WAIT_MILLIS = 60_000;

  private final RegionService regions;
  private final BufferAllocator parent;
  private final FragmentProto.ScanTicket ticket;
  private final ServerStreamListener listener;
  private final CallbackBackpressureStrategy readiness = new CallbackBackpressureStrategy();

  ScanSender(
      RegionService regions,
      BufferAllocator parent,
      FragmentProto.ScanTicket ticket,
      ServerStreamListener listener) {
    this.regions = regions;
    this.parent = parent;
    this.ticket = ticket;
    this.listener = listener;
    readiness.register(listener);
  }

  @Override
  public void run() {
    try {
      boolean complete = send();
      if (complete) {
        listener.completed();
      }
    } catch (RuntimeException failure) {
      fail(failure);
    }
  }

  /** False: the reader has left. */
  private boolean send() {
    RegionId region = new RegionId(ticket.getRegion());
    try (BufferAllocator allocator = parent.newChildAllocator("scan " + region, 0, Long.MAX_VALUE);
        BatchStream stream =
            regions.scan(
                region,
                new RegionEpoch(ticket.getEpoch()),
                FragmentWire.decode(ticket.getFragment()),
                allocator);
        VectorSchemaRoot outgoing = VectorSchemaRoot.create(stream.schema(), allocator)) {
      listener.start(outgoing);
      VectorLoader loader = new VectorLoader(outgoing);
      while (isWanted()) {
        if (!stream.advance(batch -> forward(batch, loader))) {
          end(stream.traffic(), allocator);
          return true;
        }
        outgoing.clear();
      }
      return false;
    }
  }

  private boolean isWanted() {
    WaitResult result = readiness.waitForListener(WAIT_MILLIS);
    while (result == WaitResult.TIMEOUT) {
      result = readiness.waitForListener(WAIT_MILLIS);
    }
    return switch (result) {
      case READY -> true;
      case CANCELLED -> false;
      case TIMEOUT, OTHER ->
          throw new TerraneException(ErrorCode.SHUTTING_DOWN, "the scan was interrupted");
    };
  }

  /** The bytes are copied to the wire before this returns, so the lender may reuse its buffers. */
  private void forward(VectorSchemaRoot batch, VectorLoader loader) {
    try (ArrowRecordBatch lent = new VectorUnloader(batch).getRecordBatch()) {
      loader.load(lent);
    }
    listener.putNext();
  }

  /** The listener frees the buffer. */
  private void end(ReadTraffic traffic, BufferAllocator allocator) {
    byte[] message = FragmentWire.encode(traffic).toByteArray();
    if (message.length > 0) {
      ArrowBuf metadata = allocator.buffer(message.length);
      metadata.writeBytes(message);
      listener.putMetadata(metadata);
    }
  }

  private void fail(RuntimeException failure) {
    if (listener.isCancelled()) {
      LOG.debug("nobody reads the scan of {} any more", ticket.getRegion(), failure);
    } else {
      listener.error(FlightErrors.toFlight(failure));
    }
  }
}
