package io.terrane.rpc.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.StatusRuntimeException;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.rpc.wire.Messages;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.FlightProducer.StreamListener;
import org.apache.arrow.flight.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small questions a producer answers. An answer is one message; a long one is sent in pieces.
 * Handlers must not block.
 */
public final class ActionTable {

  private static final Logger LOG = LoggerFactory.getLogger(ActionTable.class);
  static final int PIECE_BYTES = 1 << 20;

  private final Map<String, Function<byte[], CompletableFuture<? extends MessageLite>>> handlers =
      new HashMap<>();

  public ActionTable() {
    on(Verb.PING, Empty.parser(), ping -> CompletableFuture.completedFuture(ping));
  }

  /** Answers {@code verb} with {@code handler}; before the first call. */
  public <Q extends MessageLite> ActionTable on(
      Verb verb, Parser<Q> parser, Function<Q, CompletableFuture<? extends MessageLite>> handler) {
    handlers.put(verb.wireName(), body -> handler.apply(Messages.read(parser, body)));
    return this;
  }

  /** Answers an action through {@code listener}, now or later. */
  public void run(Action action, StreamListener<Result> listener) {
    answer(action)
        .whenComplete(
            (answer, failure) -> {
              try {
                if (failure != null) {
                  listener.onError(FlightErrors.toFlight(failure));
                } else {
                  send(answer.toByteString(), listener);
                }
              } catch (StatusRuntimeException gone) {
                LOG.debug("nobody waits for the answer to {} any more", action.getType(), gone);
              }
            });
  }

  private CompletableFuture<? extends MessageLite> answer(Action action) {
    Function<byte[], CompletableFuture<? extends MessageLite>> handler =
        handlers.get(action.getType());
    if (handler == null) {
      return CompletableFuture.failedFuture(
          new TerraneException(
              ErrorCode.UNSUPPORTED, "'" + action.getType() + "' is nothing this node answers"));
    }
    try {
      return handler.apply(action.getBody());
    } catch (RuntimeException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static void send(ByteString answer, StreamListener<Result> listener) {
    for (int start = 0; start < answer.size(); start += PIECE_BYTES) {
      int end = Math.min(answer.size(), start + PIECE_BYTES);
      listener.onNext(new Result(answer.substring(start, end).toByteArray()));
    }
    listener.onCompleted();
  }
}
