package io.terrane.rpc.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.io.IOException;

/** Reads messages from bytes. */
public final class Messages {

  /** Two levels per fragment or partition condition; a thread's stack holds several times that. */
  private static final int NESTING_MAX = 400;

  private Messages() {}

  /** The message in {@code bytes}, or CORRUPTED. */
  public static <T extends MessageLite> T read(Parser<T> parser, ByteString bytes) {
    CodedInputStream input = bytes.newCodedInput();
    input.setRecursionLimit(NESTING_MAX);
    try {
      T message = parser.parseFrom(input);
      input.checkLastTagWas(0);
      return message;
    } catch (IOException unreadable) {
      throw new TerraneException(
          ErrorCode.CORRUPTED,
          "read a message of " + bytes.size() + " bytes: " + unreadable.getMessage(),
          unreadable);
    }
  }

  /** See {@link #read(Parser, ByteString)}. */
  public static <T extends MessageLite> T read(Parser<T> parser, byte[] bytes) {
    return read(parser, ByteString.copyFrom(bytes));
  }

  /** The constant of that name, or UNSUPPORTED. */
  static <E extends Enum<E>> E constant(Class<E> type, String name) {
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException unknown) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED,
          "'" + name + "' is no " + type.getSimpleName() + " this node knows",
          unknown);
    }
  }

  /** A oneof without any case this node knows. */
  static TerraneException unknownCase(MessageLite message) {
    return new TerraneException(
        ErrorCode.UNSUPPORTED,
        "a " + message.getClass().getSimpleName() + " of a kind this node does not know");
  }
}
