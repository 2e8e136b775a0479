package io.terrane.frontend.mysql.connection;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.SqlSession;
import io.terrane.frontend.mysql.auth.Authentication;
import io.terrane.frontend.mysql.auth.Login;
import io.terrane.frontend.mysql.auth.Transport;
import io.terrane.frontend.mysql.command.ClientState;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.message.HandshakeV10;
import io.terrane.frontend.mysql.message.StatusFlags;
import io.terrane.frontend.mysql.packet.Inbound;
import io.terrane.frontend.mysql.packet.PacketDecoder;
import io.terrane.frontend.mysql.packet.PacketEncoder;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;
import io.terrane.frontend.mysql.result.Responder;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What is said on one connection: greets, passes packets to the present phase, opens and closes the
 * session. One thread at a time, except {@link #cancel} and {@link #isLoggedIn}.
 */
final class ClientConversation implements CommandPhase.ConnectionControl {
  private final ConnectionEnvironment environment;
  private final Channel channel;
  private final PacketDecoder decoder;
  private final PacketEncoder packets;
  private final int id;
  private final InetAddress address;
  private ConnectionPhase phase;
  private Capabilities capabilities;
  private byte[] salt;
  private boolean over;
  private ClientState client;
  private volatile SqlSession session;

  ClientConversation(
      ConnectionEnvironment environment,
      Channel channel,
      PacketDecoder decoder,
      PacketEncoder packets,
      int id) {
    this.environment = environment;
    this.channel = channel;
    this.decoder = decoder;
    this.packets = packets;
    this.id = id;
    this.address =
        channel.remoteAddress() instanceof InetSocketAddress remote
            ? remote.getAddress()
            : InetAddress.getLoopbackAddress();
  }

  void greet() {
    salt = environment.authentication().newSalt();
    phase = loginPhase();
    HandshakeV10 greeting =
        new HandshakeV10(
            environment.serverVersion(),
            id,
            salt,
            environment.capabilities(),
            StatusFlags.INITIAL,
            Authentication.DEFAULT_PLUGIN);
    packets.startAt(0);
    greeting.write(packets.begin());
    packets.end();
    packets.flush();
  }

  /** What is said next answers {@code inbound}. */
  void answerTo(Inbound inbound) {
    packets.startAt(inbound.sequence() + 1);
  }

  Continuation handle(Inbound inbound) {
    answerTo(inbound);
    if (inbound instanceof Inbound.Packet packet) {
      environment.connections().countQuestion();
      return phase.handle(packet);
    }
    if (inbound instanceof Inbound.TooLarge) {
      throw new TerraneException(
          ErrorCode.PACKET_TOO_LARGE, "Got a packet bigger than 'max_allowed_packet' bytes");
    }
    over = true;
    throw new TerraneException(ErrorCode.PACKETS_OUT_OF_ORDER, "Got packets out of order");
  }

  /** Answers with an error, and ends the conversation where that cannot go on. */
  void fail(Throwable failure) {
    packets.abandon();
    environment.errors().of(failure, id).write(packets.begin());
    packets.end();
    over |= phase.onFailure() == ConnectionPhase.OnFailure.ANSWER_AND_CLOSE;
  }

  void flush() {
    packets.flush();
  }

  /** Nothing is to be said any more. */
  boolean isOver() {
    return over;
  }

  /** From any thread. */
  boolean isLoggedIn() {
    return session != null;
  }

  /** Stops the running statement, if there is one. From any thread. */
  void cancel() {
    SqlSession running = session;
    if (running != null) {
      running.cancel();
    }
  }

  void close() {
    packets.close();
    closeSession();
  }

  @Override
  public Continuation quit() {
    over = true;
    return Continuation.DONE;
  }

  @Override
  public Continuation changeUser(PayloadReader payload) {
    LoginPhase again = loginPhase();
    phase = again;
    return again.changeUser(payload, capabilities);
  }

  private LoginPhase loginPhase() {
    return new LoginPhase(
        environment.authentication(),
        this::transport,
        environment.capabilities(),
        address,
        salt,
        packets,
        this::loggedIn);
  }

  private Transport transport() {
    return channel.pipeline().get(SslHandler.class) == null ? Transport.PLAIN : Transport.TLS;
  }

  private void loggedIn(LoginPhase.LoggedIn login) {
    closeSession();
    ClientInfo info =
        new ClientInfo(
            id,
            login.user(),
            Login.hostName(address),
            login.privileges(),
            login.database(),
            login.capabilities().has(Capabilities.FOUND_ROWS),
            login.attributes());
    session = environment.service().open(info, channel::close);
    capabilities = login.capabilities();
    Responder responder = new Responder(packets, capabilities, session);
    client = new ClientState(session, responder, capabilities, environment.limits().statements());
    phase = new CommandPhase(environment.dispatcher(), client, this);
    decoder.limitPayload(environment.limits().packetBytesMax());
    responder.ok();
  }

  private void closeSession() {
    SqlSession old = session;
    session = null;
    if (old != null) {
      client.close();
      old.close();
    }
  }
}
