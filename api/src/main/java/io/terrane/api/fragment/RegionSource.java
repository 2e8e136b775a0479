package io.terrane.api.fragment;

import io.terrane.api.batch.BatchStream;

/** What a fragment reads from: the snapshot of one region that the datanode pinned for it. */
@FunctionalInterface
public interface RegionSource {
  /** The live rows with the scan's columns; the predicate may or may not have been applied. */
  BatchStream open(PlanFragment.ScanRegion scan);
}
