package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a port's answer on a query thread. */
public final class Futures {
  private Futures() {}

  /** The answer; its failure as it was; TIMED_OUT or QUERY_INTERRUPTED if it does not come. */
  public static <T> T await(CompletableFuture<T> future, Duration timeout, String what) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw TerraneException.of(failure);
    } catch (TimeoutException late) {
      throw new TerraneException(
          ErrorCode.TIMED_OUT, what + ": no answer within " + timeout.toSeconds() + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TerraneException(
          ErrorCode.QUERY_INTERRUPTED, "Query execution was interrupted", interrupted);
    }
  }
}
