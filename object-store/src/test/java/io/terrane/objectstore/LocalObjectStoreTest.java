package io.terrane.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.objectstore.testing.ObjectStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreTest extends ObjectStoreContract {
  @TempDir Path directory;

  @Override
  protected ObjectStore open() {
    return new LocalObjectStore(directory, executor);
  }

  @Test
  void whatWasBeingWrittenByADeadProcessIsDeleted() throws IOException {
    Path staging = directory.resolve("staging");
    long dead =
        IntStream.iterate(4_000_000, pid -> pid + 1)
            .filter(pid -> ProcessHandle.of(pid).isEmpty())
            .findFirst()
            .orElseThrow();
    Files.writeString(staging.resolve(dead + "-1"), "half");
    Path alive = staging.resolve(ProcessHandle.current().pid() + "-1");
    Files.writeString(alive, "half");
    try (ObjectStore store = open()) {
      assertThat(await(store.create(ObjectKey.of("a", "b"), bytes("x")))).isTrue();
    }
    try (Stream<Path> files = Files.list(staging)) {
      assertThat(files).containsExactly(alive);
    }
  }
}
