package io.terrane.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.benchmarks.tsbs.CpuData;
import io.terrane.benchmarks.tsbs.QueryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement itself, on as little data as shows that it measures the same thing. */
class PeersAgreeTest {
  private static final CpuData DATA = new CpuData(1, 9, Duration.ofMinutes(80));

  @TempDir private Path directory;

  @Test
  void allQueriesGiveTheSameAnswers() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    Path terraneDirectory = Files.createDirectory(directory.resolve("terrane"));
    try (Peer terrane =
            new TerranePeer(
                terraneDirectory, "standalone", 3, List.of(), LoadForm.BATCHES, executor);
        Peer duckDb = new DuckDbPeer(directory);
        Peer questDb = new QuestDbPeer(Files.createDirectory(directory.resolve("questdb")))) {
      for (Peer peer : List.of(terrane, duckDb, questDb)) {
        peer.load(DATA);
        peer.settle();
      }
      for (QueryType type : QueryType.values()) {
        Answer answer = ask(terrane, type);
        assertThat(ask(duckDb, type)).as(type.title()).isEqualTo(answer);
        assertThat(ask(questDb, type)).as(type.title()).isEqualTo(answer);
        assertThat(answer.rows())
            .as(type.title())
            .isGreaterThanOrEqualTo(type.name().startsWith("HIGH") ? 0 : 1);
      }
    } finally {
      executor.shutdown();
    }
  }

  private static Answer ask(Peer peer, QueryType type) throws Exception {
    return peer.query(type.sql(peer.dialect(), DATA, new SplittableRandom(3)));
  }
}
