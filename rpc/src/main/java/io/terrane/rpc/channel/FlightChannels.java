package io.terrane.rpc.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Connections to other nodes, one per address, and the three verbs over them. Thread-safe. Futures
 * complete on the callback executor; continuations must not block. A request goes out only over a
 * connection that stands, so NODE_UNREACHABLE from connecting means that nothing was sent.
 */
public final class FlightChannels implements AutoCloseable {

  /** Nodes leave and come back elsewhere; the address not used for longest is let go. */
  private static final int ADDRESSES_MAX = 256;

  private final Map<String, Connection> connections = new LinkedHashMap<>(16, 0.75f, true);
  private final Executor callbacks;
  private final Scheduler scheduler;
  private final RpcConfig config;
  private boolean closed;

  /**
   * @param callbacks runs what arrives, and continuations; must grow with demand
   */
  public FlightChannels(Executor callbacks, Scheduler scheduler, RpcConfig config) {
    this.callbacks = callbacks;
    this.scheduler = scheduler;
    this.config = config;
  }

  public RpcConfig config() {
    return config;
  }

  /** Asks a small question (DoAction). Never blocks. */
  public <T extends MessageLite> CompletableFuture<T> ask(
      String address,
      Verb verb,
      MessageLite question,
      Parser<T> parser,
      Duration timeout,
      LostAnswer lost) {
    return connect(address)
        .thenCompose(
            connection -> {
              ActionCall<T> call =
                  new ActionCall<>(
                      parser, lost, verb.wireName() + " at " + address, config.messageBytesMax());
              call.start(connection.channel(), verb, question.toByteString(), timeout);
              if (lost != LostAnswer.METADATA_UNKNOWN) { // nobody could ask again
                connection.life().await(call.answer(), call::breakOff);
              }
              return call.answer();
            });
  }

  /**
   * Sends one batch (DoPut) and gives the answer's metadata. Blocks no longer than it takes to
   * encode the batch. {@code rows} may be reused when the future completes.
   */
  public CompletableFuture<ByteString> put(
      String address, MessageLite descriptor, VectorSchemaRoot rows, Duration timeout) {
    long bytes = rows.getFieldVectors().stream().mapToLong(FieldVector::getBufferSize).sum();
    if (bytes > config.messageBytesMax()) {
      return CompletableFuture.failedFuture(
          new TerraneException(
              ErrorCode.RESOURCE_EXHAUSTED,
              "a write of "
                  + bytes
                  + " bytes is above the limit of "
                  + config.messageBytesMax()
                  + "; insert fewer rows at a time"));
    }
    return connect(address)
        .thenCompose(
            connection -> {
              PutCall call = new PutCall("write at " + address);
              call.start(connection.channel(), descriptor, rows, timeout);
              connection.life().await(call.answer(), call::breakOff);
              return call.answer();
            });
  }

  /**
   * Opens a stream of batches (DoGet). Blocks until the connection stands; what the other side says
   * comes with the stream's schema or first batch.
   *
   * @param queryAllocator for the batches and what of them waits to be read
   */
  public BatchStream stream(
      String address, MessageLite ticket, BufferAllocator queryAllocator, Duration timeout) {
    Connection connection;
    try {
      connection = connect(address).join();
    } catch (CompletionException unreachable) {
      throw TerraneException.of(unreachable);
    }
    return RemoteBatchStream.open(
        connection, new Ticket(ticket.toByteArray()), queryAllocator, timeout);
  }

  /** Breaks off whatever is under way. */
  @Override
  public void close() {
    List<Connection> open;
    synchronized (connections) {
      closed = true;
      open = new ArrayList<>(connections.values());
      connections.clear();
    }
    open.forEach(Connection::close);
  }

  private CompletableFuture<Connection> connect(String address) {
    List<Connection> discarded = new ArrayList<>();
    CompletableFuture<Connection> ready;
    synchronized (connections) {
      if (closed) {
        return CompletableFuture.failedFuture(
            new TerraneException(ErrorCode.SHUTTING_DOWN, "this node is shutting down"));
      }
      Connection present = connections.get(address);
      if (present != null && present.isBroken()) {
        discarded.add(connections.remove(address));
        present = null;
      }
      if (present == null) {
        present = new Connection(address, callbacks, scheduler, config);
        connections.put(address, present);
        if (connections.size() > ADDRESSES_MAX) {
          String oldest = connections.keySet().iterator().next();
          discarded.add(connections.remove(oldest));
        }
      }
      ready = present.ready();
    }
    discarded.forEach(connection -> callbacks.execute(connection::close));
    return ready;
  }
}
