package io.terrane.rpc.channel;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.rpc.wire.ErrorWire;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.ErrorFlightMetadata;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.memory.OutOfMemoryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as call metadata and back. A failure without that metadata is the transport's own. */
public final class FlightErrors {

  private static final Logger LOG = LoggerFactory.getLogger(FlightErrors.class);
  private static final Metadata.Key<byte[]> KEY =
      Metadata.Key.of(ErrorWire.METADATA_KEY, Metadata.BINARY_BYTE_MARSHALLER);

  private FlightErrors() {}

  /**
   * What a producer answers a failed call with. The cause does not travel, so what is a defect is
   * logged here.
   */
  public static FlightRuntimeException toFlight(Throwable failure) {
    TerraneException error = TerraneException.of(outOfMemory(failure));
    if (error.kind() == ErrorKind.INTERNAL) {
      LOG.error("a call failed", failure);
    }
    ErrorFlightMetadata metadata = new ErrorFlightMetadata();
    metadata.insert(ErrorWire.METADATA_KEY, ErrorWire.encode(error));
    return new CallStatus(
            statusOf(error.kind()), null, "terrane error " + error.code().number(), metadata)
        .toRuntimeException();
  }

  /**
   * The error behind a failed call: the other side's own, or what the transport's failure means.
   *
   * @param what the call, in the present tense, for the message
   */
  static TerraneException fromCall(Throwable failure, LostAnswer lost, String what) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TerraneException known) {
        return known;
      }
      byte[] carried = carriedError(cause);
      if (carried != null) {
        return ErrorWire.decode(carried);
      }
    }
    Throwable memory = outOfMemory(failure);
    if (memory != failure) {
      return TerraneException.of(memory);
    }
    Status status = transportStatus(failure);
    return new TerraneException(
        codeOf(status.getCode(), lost), what + ": " + describe(status, failure), failure);
  }

  private static byte[] carriedError(Throwable failure) {
    if (failure instanceof FlightRuntimeException flight) {
      ErrorFlightMetadata metadata = flight.status().metadata();
      return metadata != null && metadata.containsKey(ErrorWire.METADATA_KEY)
          ? metadata.getByte(ErrorWire.METADATA_KEY)
          : null;
    }
    return failure instanceof StatusRuntimeException grpc && grpc.getTrailers() != null
        ? grpc.getTrailers().get(KEY)
        : null;
  }

  private static Throwable outOfMemory(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryException) {
        return new TerraneException(ErrorCode.QUERY_MEMORY_EXCEEDED, cause.getMessage(), failure);
      }
    }
    return failure;
  }

  private static Status transportStatus(Throwable failure) {
    if (failure instanceof FlightRuntimeException flight) {
      Status.Code code =
          switch (flight.status().code()) {
            case TIMED_OUT -> Status.Code.DEADLINE_EXCEEDED;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case CANCELLED -> Status.Code.CANCELLED;
            case UNIMPLEMENTED -> Status.Code.UNIMPLEMENTED;
            case RESOURCE_EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
            case INVALID_ARGUMENT -> Status.Code.INVALID_ARGUMENT;
            default -> Status.Code.INTERNAL;
          };
      return code.toStatus().withDescription(flight.getMessage());
    }
    return Status.fromThrowable(failure);
  }

  private static ErrorCode codeOf(Status.Code code, LostAnswer lost) {
    return switch (code) {
      case UNIMPLEMENTED -> ErrorCode.UNSUPPORTED;
      case RESOURCE_EXHAUSTED -> ErrorCode.RESOURCE_EXHAUSTED;
      case DEADLINE_EXCEEDED -> lost.whenLate();
      case UNAVAILABLE, CANCELLED -> lost.whenBroken();
      default -> lost == LostAnswer.ASK_AGAIN ? ErrorCode.INTERNAL : lost.whenBroken();
    };
  }

  private static String describe(Status status, Throwable failure) {
    String text = status.getDescription() != null ? status.getDescription() : failure.toString();
    return status.getCode() + " (" + text + ")";
  }

  private static FlightStatusCode statusOf(ErrorKind kind) {
    return switch (kind) {
      case USER -> FlightStatusCode.INVALID_ARGUMENT;
      case RETRY -> FlightStatusCode.UNAVAILABLE;
      case RESOURCE -> FlightStatusCode.RESOURCE_EXHAUSTED;
      case OUTCOME_UNKNOWN -> FlightStatusCode.UNKNOWN;
      case CORRUPTION, INTERNAL -> FlightStatusCode.INTERNAL;
    };
  }
}
