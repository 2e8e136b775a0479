package io.terrane.frontend.mysql;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.SqlService;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import io.terrane.frontend.mysql.auth.Authentication;
import io.terrane.frontend.mysql.auth.UserStore;
import io.terrane.frontend.mysql.command.CommandDispatcher;
import io.terrane.frontend.mysql.command.StatementLimits;
import io.terrane.frontend.mysql.connection.ConnectionEnvironment;
import io.terrane.frontend.mysql.connection.ConnectionLimits;
import io.terrane.frontend.mysql.connection.Connections;
import io.terrane.frontend.mysql.error.ErrPackets;
import io.terrane.frontend.mysql.message.Capabilities;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves MySQL clients: owns the listening socket and the event loops, nothing that runs
 * statements. {@link #start} once, then {@link #close}, from any thread.
 */
public final class MySqlServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MySqlServer.class);
  private static final int BACKLOG = 256;

  /** An answer is held back from the upper mark on, and goes on below the lower. */
  private static final WriteBufferWaterMark WRITE_BUFFER =
      new WriteBufferWaterMark(128 << 10, 512 << 10);

  private static final long SHUTDOWN_SECONDS_MAX = 10;

  private final MySqlServerConfig config;
  private final Connections connections;
  private final ConnectionEnvironment environment;
  private final Optional<SslContext> tls;
  private final EventLoopGroup eventLoops;
  private Channel listener;

  /**
   * @param queryExecutor runs statements, which block; should have a thread for each statement that
   *     is meant to run at once, and outlive this server, since it closes the sessions
   * @param random makes salts: must be unpredictable and thread-safe in production
   */
  public MySqlServer(
      MySqlServerConfig config,
      SqlService service,
      UserStore users,
      Executor queryExecutor,
      Scheduler scheduler,
      Ticker ticker,
      RandomGenerator random) {
    this.config = config;
    this.tls = config.tls().map(MySqlServer::tlsContext);
    this.connections = new Connections(config.connectionsMax(), ticker);
    this.environment =
        new ConnectionEnvironment(
            config.serverVersion(),
            tls.isPresent() ? Capabilities.SERVER.with(Capabilities.SSL) : Capabilities.SERVER,
            new ConnectionLimits(
                config.loginTimeout(),
                config.idleTimeout(),
                config.writeTimeout(),
                config.packetBytesMax(),
                new StatementLimits(config.statementsMax(), config.packetBytesMax())),
            service,
            new Authentication(users, random),
            new CommandDispatcher(connections::statistics),
            new ErrPackets(random),
            connections,
            queryExecutor,
            scheduler,
            ticker);
    this.eventLoops =
        new MultiThreadIoEventLoopGroup(
            config.eventLoops(),
            new DefaultThreadFactory("terrane-mysql"),
            NioIoHandler.newFactory());
  }

  /** Listens; answers the address with the port it got. */
  public synchronized InetSocketAddress start() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER)
            .childHandler(new MySqlPipeline(environment, tls));
    try {
      listener = bootstrap.bind(config.host(), config.port()).syncUninterruptibly().channel();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    } catch (Exception e) {
      close();
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "cannot listen on " + config.host() + ":" + config.port() + ": " + e.getMessage(),
          e);
    }
    InetSocketAddress address = (InetSocketAddress) listener.localAddress();
    LOG.info("MySQL clients are served on {}", address);
    return address;
  }

  private static SslContext tlsContext(TlsFiles files) {
    try {
      return SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
          .sslProvider(SslProvider.JDK)
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "cannot offer TLS with "
              + files.certificate()
              + " and "
              + files.key()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Connections that are open now. */
  public int connections() {
    return connections.open();
  }

  /** Packets that clients sent so far, for metrics. */
  public long questions() {
    return connections.questions();
  }

  /** Stops listening, closes every connection, cancels what runs; waits for the event loops. */
  @Override
  public synchronized void close() {
    if (listener != null) {
      listener.close().syncUninterruptibly();
      listener = null;
    }
    connections.closeAll().awaitUninterruptibly();
    eventLoops
        .shutdownGracefully(0, SHUTDOWN_SECONDS_MAX, TimeUnit.SECONDS)
        .awaitUninterruptibly(SHUTDOWN_SECONDS_MAX, TimeUnit.SECONDS);
  }
}
