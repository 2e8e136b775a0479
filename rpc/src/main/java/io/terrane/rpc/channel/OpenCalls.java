package io.terrane.rpc.channel;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;

/**
 * Counts the calls whose end has not been told to their handlers. A server says it has terminated
 * when its sockets have; the last handlers may still wait for the news that nobody listens.
 */
final class OpenCalls implements ServerInterceptor {

  private int open;

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    changeBy(1);
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onComplete() {
        try {
          super.onComplete();
        } finally {
          changeBy(-1);
        }
      }

      @Override
      public void onCancel() {
        try {
          super.onCancel();
        } finally {
          changeBy(-1);
        }
      }
    };
  }

  /** Whether every handler knows, after at most {@code limit}. */
  synchronized boolean awaitNone(Duration limit) throws InterruptedException {
    if (open > 0) {
      wait(limit.toMillis());
    }
    return open == 0;
  }

  private synchronized void changeBy(int delta) {
    open += delta;
    if (open == 0) {
      notifyAll();
    }
  }
}
