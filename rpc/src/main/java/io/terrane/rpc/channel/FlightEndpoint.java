package io.terrane.rpc.channel;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.flight.FlightGrpcUtils;
import org.apache.arrow.flight.FlightProducer;
import org.apache.arrow.flight.auth.ServerAuthHandler;
import org.apache.arrow.flight.grpc.ServerBackpressureThresholdInterceptor;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that publishes a producer's services at one address. Clear text, for networks that are
 * trusted.
 */
public final class FlightEndpoint implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FlightEndpoint.class);

  /** Bytes of a stream that wait for the network before the sender has to. */
  private static final int SEND_AHEAD_BYTES = 4 << 20;

  private static final long CLOSE_WAIT_SECONDS = 2;
  private static final Duration WRITES_WAIT = Duration.ofSeconds(10);

  /** The transport warns of each reader that left while data was on its way: not news. */
  private static final java.util.logging.Logger TRANSPORT_LOG =
      java.util.logging.Logger.getLogger("io.grpc.netty.NettyServerHandler");

  private final Server server;
  private final int port;
  private final OpenCalls calls;
  private final ExecutorServiceView writes;
  private final BufferAllocator allocator;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FlightEndpoint(
      Server server, OpenCalls calls, ExecutorServiceView writes, BufferAllocator allocator) {
    this.server = server;
    this.calls = calls;
    this.port = server.getPort();
    this.writes = writes;
    this.allocator = allocator;
  }

  /**
   * Starts listening.
   *
   * @param bind port 0 takes a free one
   * @param parent of the endpoint's own allocator, for the rows of writes
   * @param executor runs calls; writes and their clients' data block on it, so it must grow with
   *     demand and never queue a task behind a blocked one
   */
  public static FlightEndpoint open(
      InetSocketAddress bind,
      FlightProducer producer,
      BufferAllocator parent,
      Executor executor,
      RpcConfig config) {
    TRANSPORT_LOG.setLevel(java.util.logging.Level.SEVERE);
    BufferAllocator allocator = parent.newChildAllocator("endpoint", 0, Long.MAX_VALUE);
    ExecutorServiceView writes = new ExecutorServiceView(executor);
    OpenCalls calls = new OpenCalls();
    Server server =
        NettyServerBuilder.forAddress(bind)
            .executor(executor)
            .maxInboundMessageSize(config.messageBytesMax())
            .permitKeepAliveTime(config.keepAlive().toMillis() / 2, TimeUnit.MILLISECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(
                ServerInterceptors.intercept(
                    service(producer, allocator, writes),
                    new ServerBackpressureThresholdInterceptor(SEND_AHEAD_BYTES),
                    calls))
            .build();
    try {
      server.start();
    } catch (IOException failed) {
      allocator.close();
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "listen on " + bind + ": " + failed.getMessage(), failed);
    }
    LOG.info("listening on {}:{}", bind.getHostString(), server.getPort());
    return new FlightEndpoint(server, calls, writes, allocator);
  }

  /** Flight's signature still asks for the handshake that its middleware has replaced. */
  @SuppressWarnings("deprecation")
  private static BindableService service(
      FlightProducer producer, BufferAllocator allocator, ExecutorService writes) {
    return FlightGrpcUtils.createFlightService(
        allocator, producer, ServerAuthHandler.NO_OP, writes);
  }

  /** The port that is listened on, or was. */
  public int port() {
    return port;
  }

  /**
   * Takes no more calls, lets present ones end for a moment, then breaks them off. Writes whose
   * region still works on the rows are waited for a little longer; after that their memory is left
   * to them.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    server.shutdown();
    try {
      if (!server.awaitTermination(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
        server.awaitTermination(CLOSE_WAIT_SECONDS, TimeUnit.SECONDS);
      }
      if (!calls.awaitNone(Duration.ofSeconds(CLOSE_WAIT_SECONDS))) {
        LOG.warn("closed the endpoint with calls under way");
      }
      if (writes.awaitIdle(WRITES_WAIT)) {
        allocator.close();
      } else {
        LOG.warn("closed the endpoint with writes under way: {}", allocator.toVerboseString());
      }
    } catch (InterruptedException interrupted) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
      LOG.warn("interrupted while closing the endpoint");
    }
  }
}
