package io.terrane.api.error;

import io.terrane.api.region.RouteVersion;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The single exception type that crosses a port. The thrower chooses the code; everyone else only
 * looks it up. Messages are written for the client: present tense, the offending value included.
 */
public final class TerraneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final RouteVersion routeVersion;

  public TerraneException(ErrorCode code, String message) {
    this(code, message, null, null);
  }

  public TerraneException(ErrorCode code, String message, Throwable cause) {
    this(code, message, cause, null);
  }

  private TerraneException(
      ErrorCode code, String message, Throwable cause, RouteVersion routeVersion) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code");
    this.routeVersion = routeVersion;
  }

  /** An answer of the kind "not here any more", with the route version from which that holds. */
  public static TerraneException regionNotLeader(String message, RouteVersion since) {
    return new TerraneException(ErrorCode.REGION_NOT_LEADER, message, null, since);
  }

  /**
   * The error behind {@code failure}, whatever futures wrapped it in; anything that is no
   * TerraneException becomes {@link ErrorCode#INTERNAL} with the original as cause.
   */
  public static TerraneException of(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    if (inner instanceof TerraneException known) {
      return known;
    }
    return new TerraneException(ErrorCode.INTERNAL, "unexpected failure: " + inner, inner);
  }

  public ErrorCode code() {
    return code;
  }

  public ErrorKind kind() {
    return code.kind();
  }

  /** Set on {@link ErrorCode#REGION_NOT_LEADER} where the answering node knows it. */
  public Optional<RouteVersion> routeVersion() {
    return Optional.ofNullable(routeVersion);
  }
}
