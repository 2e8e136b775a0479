package io.terrane.frontend.mysql.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.frontend.mysql.auth.Authentication;
import io.terrane.frontend.mysql.auth.ConfiguredUsers;
import io.terrane.frontend.mysql.auth.UserStore;
import io.terrane.frontend.mysql.command.CommandDispatcher;
import io.terrane.frontend.mysql.command.StatementLimits;
import io.terrane.frontend.mysql.connection.ConnectionEnvironment;
import io.terrane.frontend.mysql.connection.ConnectionLimits;
import io.terrane.frontend.mysql.connection.Connections;
import io.terrane.frontend.mysql.connection.MySqlConnection;
import io.terrane.frontend.mysql.error.ErrPackets;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.message.Command;
import io.terrane.frontend.mysql.message.HandshakeResponse41;
import io.terrane.frontend.mysql.packet.PacketDecoder;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.arrow.memory.RootAllocator;

/**
 * A connection without sockets or threads: bytes in, bytes out, on simulated time. Statements run
 * inside {@link #command} and {@link #settle}. Closing it checks for leaks.
 */
public final class ProtocolClient implements AutoCloseable {
  public static final long CAPABILITIES =
      Capabilities.PROTOCOL_41
          | Capabilities.SECURE_CONNECTION
          | Capabilities.PLUGIN_AUTH
          | Capabilities.PLUGIN_AUTH_LENENC
          | Capabilities.MULTI_STATEMENTS
          | Capabilities.MULTI_RESULTS
          | Capabilities.CONNECT_ATTRS;

  private final RootAllocator allocator = new RootAllocator();
  private final StubSqlService service = new StubSqlService(allocator);
  private final SimulatedScheduler scheduler = new SimulatedScheduler();
  private final EmbeddedChannel channel;
  private boolean refusing;
  private final ByteBuf received = Unpooled.buffer();
  private final Deque<Received> packets = new ArrayDeque<>();

  /** One packet of the server. */
  public record Received(int sequence, byte[] payload) {
    public int header() {
      return payload.length == 0 ? -1 : payload[0] & 0xFF;
    }

    public PayloadReader reader() {
      return new PayloadReader(Unpooled.wrappedBuffer(payload));
    }
  }

  public ProtocolClient() {
    this(ConfiguredUsers.LOCAL_ROOT, 1);
  }

  public ProtocolClient(UserStore users, int connectionsMax) {
    Connections connections = new Connections(connectionsMax, scheduler);
    Random random = new Random(7);
    ConnectionEnvironment environment =
        new ConnectionEnvironment(
            "8.4.0-Terrane-test",
            Capabilities.SERVER,
            new ConnectionLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                1 << 20,
                new StatementLimits(10, 1 << 20)),
            service,
            new Authentication(users, random),
            new CommandDispatcher(connections::statistics),
            new ErrPackets(random),
            connections,
            this::execute,
            scheduler,
            scheduler);
    channel =
        new EmbeddedChannel(
            new PacketDecoder(ConnectionEnvironment.LOGIN_PACKET_BYTES_MAX),
            new MySqlConnection(environment));
  }

  private void execute(Runnable task) {
    if (refusing) {
      throw new RejectedExecutionException("no thread");
    }
    scheduler.execute(task);
  }

  /** The query executor takes nothing any more. */
  public void refuseWork() {
    refusing = true;
  }

  public StubSqlService service() {
    return service;
  }

  public SimulatedScheduler scheduler() {
    return scheduler;
  }

  public EmbeddedChannel channel() {
    return channel;
  }

  /** Logs in as root with these capabilities, and takes the greeting and the OK. */
  public ProtocolClient login(long capabilities) {
    next();
    send(
        1,
        out ->
            new HandshakeResponse41(
                    new Capabilities(capabilities),
                    "root",
                    new byte[0],
                    Optional.empty(),
                    Optional.of("caching_sha2_password"),
                    Map.of("program_name", "test"))
                .write(out));
    Received ok = next();
    if (ok.header() != 0) {
      throw new IllegalStateException("login failed: " + java.util.Arrays.toString(ok.payload()));
    }
    return this;
  }

  public void command(Command command, Consumer<PayloadWriter> payload) {
    send(
        0,
        out -> {
          out.writeUint8(command.code());
          payload.accept(out);
        });
  }

  public void query(String sql) {
    command(Command.QUERY, out -> out.writeString(sql));
  }

  public void send(int sequence, Consumer<PayloadWriter> payload) {
    sendBytes(frame(sequence, payload));
  }

  public static ByteBuf frame(int sequence, Consumer<PayloadWriter> payload) {
    ByteBuf frame = Unpooled.buffer();
    PayloadWriter writer = new PayloadWriter();
    payload.accept(writer);
    frame.writeMediumLE(writer.size()).writeByte(sequence);
    writer.copyTo(frame, 0, writer.size());
    return frame;
  }

  public void sendBytes(ByteBuf bytes) {
    channel.writeInbound(bytes);
    settle();
  }

  /** Lets all that is due now happen. */
  public void settle() {
    for (int i = 0; i < 4; i++) {
      scheduler.runUntilIdle();
      channel.runPendingTasks();
    }
  }

  /** The server's next packet; fails if there is none. */
  public Received next() {
    collect();
    if (packets.isEmpty()) {
      throw new IllegalStateException("the server has said nothing");
    }
    return packets.remove();
  }

  /** All packets that have come. */
  public List<Received> all() {
    collect();
    List<Received> all = new ArrayList<>(packets);
    packets.clear();
    return all;
  }

  private void collect() {
    settle();
    for (ByteBuf chunk = channel.readOutbound(); chunk != null; chunk = channel.readOutbound()) {
      received.writeBytes(chunk);
      chunk.release();
    }
    while (received.readableBytes() >= 4
        && received.readableBytes() >= 4 + received.getUnsignedMediumLE(received.readerIndex())) {
      byte[] payload = new byte[received.readUnsignedMediumLE()];
      int sequence = received.readUnsignedByte();
      received.readBytes(payload);
      packets.add(new Received(sequence, payload));
    }
  }

  @Override
  public void close() {
    channel.finishAndReleaseAll();
    settle();
    allocator.close();
  }
}
