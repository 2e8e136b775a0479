package io.terrane.log;

import io.terrane.log.testing.SharedLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalSharedLogContractTest extends SharedLogContract {
  @TempDir Path directory;

  @Override
  protected SharedLog open() {
    return new LocalSharedLog(directory, threads.executor(), threads.scheduler());
  }
}
