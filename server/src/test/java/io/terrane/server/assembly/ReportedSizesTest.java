package io.terrane.server.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.node.ClusterView;
import io.terrane.api.node.Heartbeat;
import io.terrane.api.node.HeartbeatReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRole;
import io.terrane.api.region.RegionStat;
import io.terrane.api.service.MembershipService;
import io.terrane.api.table.TableId;
import io.terrane.api.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportedSizesTest {
  private static final TableId TABLE = new TableId(1024);

  private final Queue<CompletableFuture<ClusterView>> questions = new ArrayDeque<>();
  private final ManualTicker ticker = new ManualTicker();
  private final ReportedSizes sizes = new ReportedSizes(new Asked(), ticker);

  private final class Asked implements MembershipService {
    @Override
    public CompletableFuture<HeartbeatReply> heartbeat(Heartbeat heartbeat) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<ClusterView> cluster() {
      CompletableFuture<ClusterView> answer = new CompletableFuture<>();
      questions.add(answer);
      return answer;
    }
  }

  private static ClusterView view(RegionStat... stats) {
    return new ClusterView(
        List.of(),
        Stream.of(stats).collect(Collectors.toMap(RegionStat::region, Function.identity())),
        Map.of());
  }

  private static RegionStat region(int number, long rows) {
    RegionId id = RegionId.of(TABLE, number);
    return new RegionStat(
        id,
        RegionEpoch.FIRST,
        RegionRole.LEADER,
        rows,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        rows,
        0,
        0);
  }

  @Test
  void a_table_is_as_large_as_its_regions() {
    assertThat(sizes.rows(TABLE)).isEmpty();
    questions.remove().complete(view(region(0, 5), region(1, 7)));
    assertThat(sizes.rows(TABLE)).hasValue(12);
    assertThat(sizes.rows(new TableId(1025))).isEmpty();
  }

  @Test
  void it_is_asked_again_when_the_answer_is_old_and_once_at_a_time() {
    questions.remove().complete(view(region(0, 5)));
    sizes.rows(TABLE);
    assertThat(questions).isEmpty();
    ticker.advance(Duration.ofSeconds(6));
    assertThat(sizes.rows(TABLE)).hasValue(5);
    sizes.rows(TABLE);
    assertThat(questions).hasSize(1);
    questions.remove().completeExceptionally(new IllegalStateException("nobody there"));
    assertThat(sizes.rows(TABLE)).hasValue(5);
  }
}
