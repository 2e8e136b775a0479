package io.terrane.frontend.mysql.error;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.frontend.mysql.message.ErrPacket;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns failures into what a client is told, and logs those that concern us. A TerraneException
 * says what it is; what nobody foresaw is masked, since its text may hold anything, and logged
 * under a number that the client is given. Thread-safe if its source of randomness is.
 */
public final class ErrPackets {
  private static final Logger LOG = LoggerFactory.getLogger(ErrPackets.class);

  private final RandomGenerator random;

  public ErrPackets(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param connectionId for the log
   */
  public ErrPacket of(Throwable failure, long connectionId) {
    TerraneException error = TerraneException.of(failure);
    if (error.code() == ErrorCode.INTERNAL && error.getCause() != null) {
      String reference = String.format(Locale.ROOT, "%016x", random.nextLong());
      LOG.error("connection {}: internal error {}", connectionId, reference, error.getCause());
      return packet(
          ErrorCode.INTERNAL, "internal error, see " + reference + " in the server's log");
    }
    switch (error.kind()) {
      case USER, RESOURCE ->
          LOG.debug("connection {}: {}: {}", connectionId, error.code(), error.getMessage());
      case RETRY, OUTCOME_UNKNOWN ->
          LOG.warn("connection {}: {}: {}", connectionId, error.code(), error.getMessage());
      case CORRUPTION, INTERNAL ->
          LOG.error("connection {}: {}", connectionId, error.getMessage(), error);
    }
    return packet(error.code(), error.getMessage());
  }

  private static ErrPacket packet(ErrorCode code, String message) {
    return new ErrPacket(code.mysqlErrno(), code.sqlState(), message);
  }
}
