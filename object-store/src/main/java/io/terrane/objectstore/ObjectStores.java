package io.terrane.objectstore;

import io.terrane.api.time.Scheduler;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Opens the bucket a configuration asks for, with retries around it. */
public final class ObjectStores {
  private ObjectStores() {}

  /**
   * Does not wait for S3 to answer.
   *
   * @param executor runs file access, which blocks, and completes the futures of S3 calls
   * @param scheduler waits between tries
   * @param random spreads the waits
   */
  public static ObjectStore open(
      ObjectStoreConfig config, Executor executor, Scheduler scheduler, RandomGenerator random) {
    ObjectStore store =
        switch (config.kind()) {
          case LOCAL -> new LocalObjectStore(config.directory(), executor);
          case S3 -> new S3ObjectStore(config, executor);
        };
    return new RetryingObjectStore(store, RetryLimits.DEFAULT, scheduler, random);
  }
}
