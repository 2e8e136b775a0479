package io.terrane.rpc.channel;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one address. It reconnects by itself after it was lost; one that could not be
 * made is thrown away, so that the next caller tries at once instead of waiting out a back-off.
 */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int ERROR_HEADER_BYTES_MAX = 64 << 10;

  private final String address;
  private final ManagedChannel channel;
  private final Scheduler scheduler;
  private final RpcConfig config;

  Connection(String address, Executor callbacks, Scheduler scheduler, RpcConfig config) {
    this.address = address;
    this.scheduler = scheduler;
    this.config = config;
    this.channel =
        NettyChannelBuilder.forTarget("dns:///" + address)
            .usePlaintext()
            .proxyDetector(target -> null)
            .executor(callbacks)
            .maxInboundMessageSize(config.messageBytesMax())
            .maxInboundMetadataSize(ERROR_HEADER_BYTES_MAX)
            .keepAliveTime(config.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
            .keepAliveTimeout(config.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
            .build();
  }

  String address() {
    return address;
  }

  ManagedChannel channel() {
    return channel;
  }

  boolean isBroken() {
    ConnectivityState state = channel.getState(false);
    return state == ConnectivityState.TRANSIENT_FAILURE || state == ConnectivityState.SHUTDOWN;
  }

  /** Completes once the connection stands; NODE_UNREACHABLE says that nothing was sent. */
  CompletableFuture<Connection> ready() {
    if (channel.getState(true) == ConnectivityState.READY) {
      return CompletableFuture.completedFuture(this);
    }
    CompletableFuture<Connection> standing = new CompletableFuture<>();
    Scheduler.Cancellable timer =
        scheduler.schedule(
            config.connectTimeout(),
            () -> standing.completeExceptionally(unreachable("no answer")));
    standing.whenComplete((connection, failure) -> timer.cancel());
    watch(standing);
    return standing;
  }

  void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      LOG.warn("interrupted while closing the connection to {}", address);
    }
  }

  private void watch(CompletableFuture<Connection> standing) {
    ConnectivityState state = channel.getState(true);
    switch (state) {
      case READY -> standing.complete(this);
      case TRANSIENT_FAILURE, SHUTDOWN ->
          standing.completeExceptionally(unreachable("cannot connect"));
      case IDLE, CONNECTING -> {
        if (!standing.isDone()) {
          channel.notifyWhenStateChanged(state, () -> watch(standing));
        }
      }
    }
  }

  private TerraneException unreachable(String why) {
    return new TerraneException(
        ErrorCode.NODE_UNREACHABLE, "the node at " + address + " is unreachable: " + why);
  }
}
