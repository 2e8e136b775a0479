package io.terrane.server.assembly;

import io.terrane.api.node.ClusterView;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.TableSizes;
import io.terrane.api.table.TableId;
import io.terrane.api.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sizes that datanodes reported with their heartbeats. The metasrv is asked in the background when
 * somebody wants to know and the last answer is old. Thread-safe.
 */
final class ReportedSizes implements TableSizes {
  private static final Logger LOG = LoggerFactory.getLogger(ReportedSizes.class);
  private static final long OLD_NANOS = Duration.ofSeconds(5).toNanos();

  private final MembershipService membership;
  private final Ticker ticker;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Map<TableId, Long> rows = Map.of();
  private volatile long askAt;

  /** Asks at once. */
  ReportedSizes(MembershipService membership, Ticker ticker) {
    this.membership = membership;
    this.ticker = ticker;
    this.askAt = ticker.nanos();
    refresh();
  }

  @Override
  public OptionalLong rows(TableId table) {
    refresh();
    Long known = rows.get(table);
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  private void refresh() {
    if (ticker.nanos() - askAt < 0 || !asking.compareAndSet(false, true)) {
      return;
    }
    membership
        .cluster()
        .whenComplete(
            (view, failure) -> {
              if (failure == null) {
                rows = sizes(view);
              } else {
                LOG.debug("the sizes of tables stay as they were", failure);
              }
              askAt = ticker.nanos() + OLD_NANOS;
              asking.set(false);
            });
  }

  private static Map<TableId, Long> sizes(ClusterView view) {
    return view.leaderStats().values().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                stat -> stat.region().table(), stat -> Math.max(0, stat.rows()), Long::sum));
  }
}
