package io.terrane.api.fragment;

import io.terrane.api.batch.BatchStream;
import java.util.Optional;

/** What a fragment reads from: the snapshot of one region that the datanode pinned for it. */
@FunctionalInterface
public interface RegionSource {
  /** The live rows with the scan's columns. */
  Opened open(PlanFragment.ScanRegion scan);

  /**
   * Rows of a region.
   *
   * @param rows all for which the scan's predicate is true, and perhaps others
   * @param rest what a row has to meet besides having come out; empty for nothing
   */
  record Opened(BatchStream rows, Optional<ScalarExpr> rest) {}
}
