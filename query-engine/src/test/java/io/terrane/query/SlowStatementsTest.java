package io.terrane.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowStatementsTest {
  private final List<String> lines = new ArrayList<>();
  private final SlowStatements slow = new SlowStatements(Duration.ofMillis(100), lines::add);

  private void ended(String text, long tookMillis, long endedMillis) {
    long ended = TimeUnit.MILLISECONDS.toNanos(endedMillis);
    slow.ended(text, 7, "app", ended - TimeUnit.MILLISECONDS.toNanos(tookMillis), ended);
  }

  @Test
  void only_those_that_take_long_are_written() {
    ended("SELECT 1", 99, 1_000);
    ended("SELECT\n2", 100, 1_000);
    assertThat(lines).containsExactly("slow statement: 100 ms, connection 7, user app: SELECT 2");
  }

  @Test
  void nothing_is_written_where_nothing_counts_as_slow() {
    SlowStatements none = new SlowStatements(Duration.ZERO, lines::add);
    none.ended("SELECT 1", 7, "app", 0, Long.MAX_VALUE);
    assertThat(lines).isEmpty();
  }

  @Test
  void texts_are_cut() {
    ended("x".repeat(5_000), 200, 1_000);
    assertThat(lines.get(0)).hasSizeLessThan(SlowStatements.TEXT_MAX + 100).endsWith("x ...");
  }

  @Test
  void many_at_once_are_counted_instead() {
    for (int i = 0; i < 25; i++) {
      ended("SELECT " + i, 200, 1_000 + i);
    }
    assertThat(lines).hasSize(SlowStatements.LINES_PER_SECOND);
    ended("SELECT 99", 200, 2_001);
    assertThat(lines.get(lines.size() - 1)).contains(", 15 others not written: SELECT 99");
    ended("SELECT 100", 200, 2_002);
    assertThat(lines.get(lines.size() - 1)).doesNotContain("others");
  }
}
