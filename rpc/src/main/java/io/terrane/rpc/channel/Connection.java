package io.terrane.rpc.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.time.Scheduler;
import java.time.Duration;
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
  private static final int PING_BYTES_MAX = 1 << 10;

  private final String address;
  private final ManagedChannel channel;
  private final Scheduler scheduler;
  private final RpcConfig config;
  private final LifeSigns life;

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
    this.life = new LifeSigns(address, scheduler, config.silenceMax(), this::ping);
  }

  private CompletableFuture<Empty> ping(Duration timeout) {
    ActionCall<Empty> ping =
        new ActionCall<>(
            Empty.parser(), LostAnswer.ASK_AGAIN, "ping of " + address, PING_BYTES_MAX);
    ping.start(channel, Verb.PING, ByteString.EMPTY, timeout);
    return ping.answer();
  }

  /** Whether the node gives signs of life while calls wait for it. */
  LifeSigns life() {
    return life;
  }

  String address() {
    return address;
  }

  ManagedChannel channel() {
    return channel;
  }

  boolean isBroken() {
    ConnectivityState state = channel.getState(false);
    return state == ConnectivityState.TRANSIENT_FAILURE
        || state == ConnectivityState.SHUTDOWN
        || life.isLost();
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

  /**
   * Ends what is under way; scans that a node had begun before it gave no sign of life are left to
   * the transport, which is more patient.
   */
  void close() {
    if (life.isLost()) {
      channel.shutdown();
      return;
    }
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
