package io.terrane.query.write;

import io.terrane.api.region.WriteId;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Names of writes: unlike those of any other frontend, and never given twice. Thread-safe. */
public final class WriteIds {
  private final long session;
  private final AtomicLong sequence = new AtomicLong();

  public WriteIds(RandomGenerator random) {
    this.session = random.nextLong();
  }

  WriteId next() {
    return new WriteId(session, sequence.incrementAndGet());
  }
}
