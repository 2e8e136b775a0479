package io.terrane.log.testing;

import io.terrane.log.SharedLog;

class InMemorySharedLogTest extends SharedLogContract {
  @Override
  protected SharedLog open() {
    return new InMemorySharedLog(threads.executor());
  }
}
