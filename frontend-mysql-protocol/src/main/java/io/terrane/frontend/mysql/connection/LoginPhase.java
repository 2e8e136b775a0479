package io.terrane.frontend.mysql.connection;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.Privilege;
import io.terrane.frontend.mysql.auth.Authentication;
import io.terrane.frontend.mysql.auth.Login;
import io.terrane.frontend.mysql.auth.Transport;
import io.terrane.frontend.mysql.message.AuthMoreData;
import io.terrane.frontend.mysql.message.AuthSwitchRequest;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.message.ComChangeUser;
import io.terrane.frontend.mysql.message.HandshakeResponse41;
import io.terrane.frontend.mysql.packet.Inbound;
import io.terrane.frontend.mysql.packet.PacketEncoder;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import io.terrane.frontend.mysql.result.Continuation;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A client that has not shown yet who it is. The first packet is a HandshakeResponse41, or the
 * CHANGE_USER command that led here; each further one answers the password plugin.
 */
final class LoginPhase implements ConnectionPhase {
  private final Authentication authentication;
  private final Supplier<Transport> transport;
  private final Capabilities offered;
  private final InetAddress address;
  private final PacketEncoder packets;
  private final Consumer<LoggedIn> loggedIn;
  private final byte[] salt;
  private Login login;
  private LoggedIn candidate;

  /** What a successful login comes to; {@code capabilities} are those both sides have. */
  record LoggedIn(
      Capabilities capabilities,
      String user,
      Set<Privilege> privileges,
      Optional<String> database,
      Map<String, String> attributes) {
    LoggedIn with(Set<Privilege> granted) {
      return new LoggedIn(capabilities, user, granted, database, attributes);
    }
  }

  /**
   * @param salt of the greeting
   * @param loggedIn opens the session and answers OK
   */
  LoginPhase(
      Authentication authentication,
      Supplier<Transport> transport,
      Capabilities offered,
      InetAddress address,
      byte[] salt,
      PacketEncoder packets,
      Consumer<LoggedIn> loggedIn) {
    this.authentication = authentication;
    this.transport = transport;
    this.offered = offered;
    this.address = address;
    this.salt = salt;
    this.packets = packets;
    this.loggedIn = loggedIn;
  }

  /** Starts over for another user; {@code capabilities} stay as they are. */
  Continuation changeUser(PayloadReader payload, Capabilities capabilities) {
    ComChangeUser request = ComChangeUser.read(payload, capabilities);
    candidate =
        new LoggedIn(
            capabilities, request.user(), Set.of(), request.database(), request.attributes());
    login = authentication.login(transport.get(), request.user(), address, salt);
    if (capabilities.has(Capabilities.PLUGIN_AUTH)) {
      // Clients differ in which salt they use here; a fresh one leaves no doubt.
      return proceed(login.switchPlugin());
    }
    return proceed(login.begin(Authentication.PLUGIN_WITHOUT_PLUGINS, request.authResponse()));
  }

  @Override
  public Continuation handle(Inbound.Packet packet) {
    PayloadReader payload = new PayloadReader(packet.payload());
    return proceed(login == null ? begin(payload) : login.resume(payload.readRest()));
  }

  @Override
  public OnFailure onFailure() {
    return OnFailure.ANSWER_AND_CLOSE;
  }

  private Login.Step begin(PayloadReader payload) {
    HandshakeResponse41 response = HandshakeResponse41.read(payload);
    if (!response.capabilities().has(Capabilities.PROTOCOL_41)) {
      throw new TerraneException(
          ErrorCode.HANDSHAKE_FAILED, "Bad handshake: the client does not speak protocol 4.1");
    }
    candidate =
        new LoggedIn(
            response.capabilities().and(offered),
            response.user(),
            Set.of(),
            response.database(),
            response.attributes());
    login = authentication.login(transport.get(), response.user(), address, salt);
    String plugin = response.authPlugin().orElse(Authentication.PLUGIN_WITHOUT_PLUGINS);
    return login.begin(plugin, response.authResponse());
  }

  private Continuation proceed(Login.Step step) {
    if (step instanceof Login.Step.Accepted accepted) {
      if (accepted.notice().length > 0) {
        send(new AuthMoreData(accepted.notice())::write);
      }
      loggedIn.accept(candidate.with(accepted.privileges()));
    } else if (step instanceof Login.Step.Switch change) {
      if (!candidate.capabilities().has(Capabilities.PLUGIN_AUTH)) {
        throw new TerraneException(
            ErrorCode.HANDSHAKE_FAILED,
            "Bad handshake: user " + candidate.user() + " needs " + change.authPlugin());
      }
      send(new AuthSwitchRequest(change.authPlugin(), change.salt())::write);
    } else if (step instanceof Login.Step.More more) {
      send(new AuthMoreData(more.data())::write);
    }
    return Continuation.DONE;
  }

  private void send(Consumer<PayloadWriter> message) {
    message.accept(packets.begin());
    packets.end();
  }
}
