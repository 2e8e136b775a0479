package io.terrane.frontend.mysql.connection;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.SqlService;
import io.terrane.api.time.Scheduler;
import io.terrane.api.time.Ticker;
import io.terrane.frontend.mysql.auth.Authentication;
import io.terrane.frontend.mysql.command.CommandDispatcher;
import io.terrane.frontend.mysql.error.ErrPackets;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.packet.PacketEncoder;
import java.util.concurrent.Executor;

/** What all connections of a server share. */
public record ConnectionEnvironment(
    String serverVersion,
    Capabilities capabilities,
    ConnectionLimits limits,
    SqlService service,
    Authentication authentication,
    CommandDispatcher dispatcher,
    ErrPackets errors,
    Connections connections,
    Executor queryExecutor,
    Scheduler scheduler,
    Ticker ticker) {
  /** The largest packet of a client that has not logged in. */
  public static final int LOGIN_PACKET_BYTES_MAX = 1 << 16;

  void tooManyConnections(PacketEncoder packets) {
    TerraneException refused =
        new TerraneException(ErrorCode.TOO_MANY_CONNECTIONS, "Too many connections");
    errors.of(refused, 0).write(packets.begin());
    packets.end();
    packets.flush();
  }
}
