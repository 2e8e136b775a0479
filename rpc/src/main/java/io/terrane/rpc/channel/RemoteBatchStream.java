package io.terrane.rpc.channel;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.rpc.proto.FragmentProto;
import io.terrane.rpc.wire.FragmentWire;
import io.terrane.rpc.wire.Messages;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scan that runs elsewhere. At most a handful of batches wait here; the sender is held back by
 * flow control. Closing early cancels the call.
 */
final class RemoteBatchStream implements BatchStream {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteBatchStream.class);

  private final FlightClient client;
  private final FlightStream stream;
  private final String what;

  /** Until then nothing has been read, and the scan may begin anew elsewhere. */
  private final CompletableFuture<Void> begun = new CompletableFuture<>();

  private ReadTraffic traffic = ReadTraffic.NONE;
  private boolean closed;

  private RemoteBatchStream(FlightClient client, FlightStream stream, String what) {
    this.client = client;
    this.stream = stream;
    this.what = what;
  }

  /** Each scan has a client of its own over the shared connection: a client is an allocator. */
  static RemoteBatchStream open(
      Connection connection, Ticket ticket, BufferAllocator allocator, Duration timeout) {
    FlightClient client =
        FlightGrpcUtils.createFlightClientWithSharedChannel(allocator, connection.channel());
    FlightStream stream =
        client.getStream(ticket, CallOptions.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS));
    RemoteBatchStream opened =
        new RemoteBatchStream(client, stream, "scan at " + connection.address());
    connection.life().await(opened.begun, () -> stream.cancel("no sign of life", null));
    return opened;
  }

  @Override
  public Schema schema() {
    try {
      Schema schema = stream.getSchema();
      begun.complete(null);
      return schema;
    } catch (RuntimeException failure) {
      throw translated(failure);
    }
  }

  @Override
  public boolean advance(BatchSink sink) {
    if (closed || !next()) {
      return false;
    }
    sink.accept(stream.getRoot());
    return true;
  }

  @Override
  public ReadTraffic traffic() {
    return traffic;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    begun.complete(null);
    try {
      stream.close();
    } catch (FlightRuntimeException over) {
      LOG.debug("{} ended before it was closed", what, over);
    } catch (Exception failure) {
      LOG.warn("close {}", what, failure);
    } finally {
      closeClient();
    }
  }

  private boolean next() {
    try {
      while (stream.next()) {
        begun.complete(null);
        ArrowBuf metadata = stream.getLatestMetadata();
        if (metadata == null) {
          return true;
        }
        traffic = end(metadata);
      }
      return false;
    } catch (RuntimeException failure) {
      throw translated(failure);
    }
  }

  /** What comes behind the last batch. */
  private static ReadTraffic end(ArrowBuf metadata) {
    byte[] message = new byte[Math.toIntExact(metadata.readableBytes())];
    metadata.getBytes(metadata.readerIndex(), message);
    return FragmentWire.decode(Messages.read(FragmentProto.ScanEnd.parser(), message));
  }

  private TerraneException translated(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new TerraneException(
            ErrorCode.QUERY_INTERRUPTED, "Query execution was interrupted", failure);
      }
    }
    return FlightErrors.fromCall(failure, LostAnswer.ASK_AGAIN, what);
  }

  private void closeClient() {
    try {
      client.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
