package io.terrane.rpc.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.flight.impl.FlightServiceGrpc;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * One write under way. It speaks Flight's messages itself: Flight's own client would keep a thread
 * spinning until the stream is ready. Without an answer the write's outcome is unknown.
 */
final class PutCall implements ClientResponseObserver<Flight.FlightData, Flight.PutResult> {

  private final CompletableFuture<ByteString> answer = new CompletableFuture<>();
  private final String what;
  private ByteString metadata;
  private ClientCallStreamObserver<Flight.FlightData> call;

  PutCall(String what) {
    this.what = what;
  }

  /** The rows are copied before this returns. */
  void start(
      ManagedChannel channel, MessageLite descriptor, VectorSchemaRoot rows, Duration timeout) {
    Flight.FlightData schema =
        BatchEncoder.schema(rows).toBuilder()
            .setFlightDescriptor(
                Flight.FlightDescriptor.newBuilder()
                    .setType(Flight.FlightDescriptor.DescriptorType.CMD)
                    .setCmd(descriptor.toByteString()))
            .build();
    Flight.FlightData batch = BatchEncoder.batch(rows);
    StreamObserver<Flight.FlightData> sender =
        FlightServiceGrpc.newStub(channel)
            .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .doPut(this);
    sender.onNext(schema);
    sender.onNext(batch);
    sender.onCompleted();
  }

  CompletableFuture<ByteString> answer() {
    return answer;
  }

  /** Waits no longer; the write may take effect all the same. */
  void breakOff() {
    call.cancel("no sign of life", null);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Flight.FlightData> started) {
    call = started;
  }

  @Override
  public void onNext(Flight.PutResult result) {
    metadata = result.getAppMetadata();
  }

  @Override
  public void onError(Throwable failure) {
    answer.completeExceptionally(FlightErrors.fromCall(failure, LostAnswer.WRITE_UNKNOWN, what));
  }

  @Override
  public void onCompleted() {
    if (metadata == null) {
      answer.completeExceptionally(
          new TerraneException(ErrorCode.WRITE_OUTCOME_UNKNOWN, what + ": no answer came"));
    } else {
      answer.complete(metadata);
    }
  }
}
