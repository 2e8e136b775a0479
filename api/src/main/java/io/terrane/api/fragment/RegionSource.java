package io.terrane.api.fragment;

import io.terrane.api.batch.BatchStream;
import java.util.Optional;
import java.util.Set;

/** What a fragment reads from: the snapshot of one region that the datanode pinned for it. */
@FunctionalInterface
public interface RegionSource {
  /** The live rows with the scan's columns. */
  Opened open(PlanFragment.ScanRegion scan);

  /**
   * As {@link #open}, for a reader who wants to know of each group only the greatest value of a
   * column. Of rows that agree in the columns {@code groups} any may be left out, as long as one
   * with the greatest value of the column {@code greatest} comes.
   */
  default Opened openGreatest(PlanFragment.ScanRegion scan, Set<String> groups, String greatest) {
    return open(scan);
  }

  /**
   * Rows of a region.
   *
   * @param rows all for which the scan's predicate is true, and perhaps others
   * @param rest what a row has to meet besides having come out; empty for nothing
   */
  record Opened(BatchStream rows, Optional<ScalarExpr> rest) {}
}
