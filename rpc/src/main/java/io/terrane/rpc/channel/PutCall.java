package io.terrane.rpc.channel;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.CallOptions;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VectorSchemaRoot;

/** One write under way. Without an answer its outcome is unknown. */
final class PutCall implements FlightClient.PutListener {

  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
  private final String what;
  private byte[] metadata;

  PutCall(String what) {
    this.what = what;
  }

  void start(
      FlightClient client, FlightDescriptor descriptor, VectorSchemaRoot rows, Duration timeout) {
    try {
      FlightClient.ClientStreamListener sender =
          client.startPut(
              descriptor,
              rows,
              this,
              CallOptions.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS));
      sender.putNext();
      sender.completed();
    } catch (RuntimeException failure) {
      onError(failure);
    }
  }

  CompletableFuture<byte[]> answer() {
    return answer;
  }

  /** Also tells the sender not to wait for a stream that has failed. */
  @Override
  public boolean isCancelled() {
    return answer.isDone();
  }

  @Override
  public void getResult() {
    answer.join();
  }

  @Override
  public void onNext(PutResult result) {
    ArrowBuf buffer = result.getApplicationMetadata();
    if (buffer != null) {
      metadata = new byte[(int) buffer.readableBytes()];
      buffer.getBytes(buffer.readerIndex(), metadata);
    }
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
