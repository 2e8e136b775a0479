package io.terrane.frontend.mysql.testing;

import io.terrane.api.time.Scheduler;
import io.terrane.frontend.mysql.MySqlServer;
import io.terrane.frontend.mysql.MySqlServerConfig;
import io.terrane.frontend.mysql.auth.UserStore;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;

/** A real server on a free loopback port over a {@link StubSqlService}; closing it checks leaks. */
public final class RunningServer implements AutoCloseable {
  private final RootAllocator allocator = new RootAllocator();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final StubSqlService service = new StubSqlService(allocator);
  private final MySqlServer server;
  private final InetSocketAddress address;

  public RunningServer(MySqlServerConfig config, UserStore users) {
    Scheduler scheduler =
        (delay, task) -> {
          ScheduledFuture<?> future = timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
          return () -> future.cancel(false);
        };
    server =
        new MySqlServer(
            config.listeningOn("127.0.0.1", 0),
            service,
            users,
            threads,
            scheduler,
            System::nanoTime,
            new SecureRandom());
    address = server.start();
  }

  public StubSqlService service() {
    return service;
  }

  public MySqlServer server() {
    return server;
  }

  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() throws InterruptedException {
    server.close();
    threads.shutdown();
    if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("statements still run after the server has closed");
    }
    timer.shutdownNow();
    if (!service.sessions().isEmpty()) {
      throw new IllegalStateException("sessions are still open: " + service.sessions());
    }
    allocator.close();
  }
}
