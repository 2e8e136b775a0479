package io.terrane.rpc.channel;

import io.terrane.api.time.Scheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightProducer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Real sockets on the loopback with everything they need; closing it proves that no memory is left.
 */
public final class Loopback implements AutoCloseable {

  public static final RpcConfig CONFIG =
      new RpcConfig(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          16 << 20);

  private final BufferAllocator root = new RootAllocator();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final List<AutoCloseable> opened = new ArrayList<>();

  public BufferAllocator allocator() {
    return root;
  }

  public ExecutorService threads() {
    return threads;
  }

  public Scheduler scheduler() {
    return (delay, task) -> {
      Future<?> scheduled =
          timer.schedule(() -> threads.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> scheduled.cancel(false);
    };
  }

  /** The test closes it. */
  public FlightEndpoint serve(FlightProducer producer) {
    return serve(producer, 0);
  }

  public FlightEndpoint serve(FlightProducer producer, int port) {
    return FlightEndpoint.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        producer,
        root,
        threads,
        CONFIG);
  }

  public FlightChannels channels(RpcConfig config) {
    FlightChannels channels = new FlightChannels(threads, scheduler(), config);
    opened.add(channels);
    return channels;
  }

  public static String address(FlightEndpoint endpoint) {
    return "127.0.0.1:" + endpoint.port();
  }

  @Override
  public void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
    timer.shutdownNow();
    threads.shutdown();
    if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
      throw new AssertionError("threads are still busy");
    }
    root.close();
  }
}
