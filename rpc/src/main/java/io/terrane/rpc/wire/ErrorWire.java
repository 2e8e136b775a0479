package io.terrane.rpc.wire;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RouteVersion;
import io.terrane.rpc.proto.ErrorProto;

/**
 * Errors: number, message, and the route version where there is one. The cause stays where it is.
 * An unknown number becomes the generic code of its range.
 */
public final class ErrorWire {

  /** Key of the call metadata; binary. */
  public static final String METADATA_KEY = "terrane-error-bin";

  /** Messages travel in headers, whose size is limited. */
  static final int MESSAGE_CHARS_MAX = 4_096;

  private ErrorWire() {}

  public static byte[] encode(TerraneException error) {
    String text = error.getMessage() == null ? "" : error.getMessage();
    ErrorProto.Error.Builder message =
        ErrorProto.Error.newBuilder()
            .setNumber(error.code().number())
            .setMessage(text.substring(0, Math.min(text.length(), MESSAGE_CHARS_MAX)));
    error.routeVersion().ifPresent(version -> message.setRouteVersion(version.value()));
    return message.build().toByteArray();
  }

  public static TerraneException decode(byte[] bytes) {
    ErrorProto.Error message = Messages.read(ErrorProto.Error.parser(), bytes);
    ErrorCode code = ErrorCode.ofNumber(message.getNumber());
    if (code == ErrorCode.REGION_NOT_LEADER && message.hasRouteVersion()) {
      return TerraneException.regionNotLeader(
          message.getMessage(), new RouteVersion(message.getRouteVersion()));
    }
    return new TerraneException(code, message.getMessage());
  }
}
