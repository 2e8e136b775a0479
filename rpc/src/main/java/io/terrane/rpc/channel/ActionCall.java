package io.terrane.rpc.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.rpc.wire.Messages;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.impl.FlightServiceGrpc;

/** One small question under way: puts the pieces of the answer together. */
final class ActionCall<T extends MessageLite>
    implements ClientResponseObserver<Flight.Action, Flight.Result> {

  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private final Parser<T> parser;
  private final LostAnswer lost;
  private final String what;
  private final int bytesMax;
  private ByteString received = ByteString.EMPTY;
  private ClientCallStreamObserver<Flight.Action> call;

  ActionCall(Parser<T> parser, LostAnswer lost, String what, int bytesMax) {
    this.parser = parser;
    this.lost = lost;
    this.what = what;
    this.bytesMax = bytesMax;
  }

  void start(ManagedChannel channel, Verb verb, ByteString body, Duration timeout) {
    FlightServiceGrpc.newStub(channel)
        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .doAction(Flight.Action.newBuilder().setType(verb.wireName()).setBody(body).build(), this);
  }

  CompletableFuture<T> answer() {
    return answer;
  }

  /** Waits no longer; what was asked for may happen all the same. */
  void breakOff() {
    call.cancel("no sign of life", null);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Flight.Action> started) {
    call = started;
  }

  @Override
  public void onNext(Flight.Result piece) {
    if (received.size() + (long) piece.getBody().size() > bytesMax) {
      answer.completeExceptionally(
          new TerraneException(
              ErrorCode.RESOURCE_EXHAUSTED, what + ": the answer is above " + bytesMax + " bytes"));
      call.cancel("the answer is too long", null);
      return;
    }
    received = received.concat(piece.getBody());
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(FlightErrors.fromCall(failure, lost, what));
  }

  @Override
  public void onCompleted() {
    try {
      answer.complete(Messages.read(parser, received));
    } catch (TerraneException unreadable) {
      answer.completeExceptionally(unreadable);
    }
  }
}
