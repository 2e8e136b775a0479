package io.terrane.datanode;

import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.RegionSource;
import io.terrane.datanode.region.RegionEnvironment;
import io.terrane.datanode.region.RegionVersion;
import io.terrane.datanode.scan.RegionScan;
import io.terrane.datanode.scan.SeriesEnds;
import io.terrane.datanode.sst.SstReader;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/** The rows of a version of a region that somebody else has pinned. */
record PinnedRegion(
    RegionEnvironment environment,
    RegionVersion version,
    SstReader reader,
    BufferAllocator queryAllocator)
    implements RegionSource {
  @Override
  public Opened open(PlanFragment.ScanRegion scan) {
    return open(scan, RegionScan.Wanted.ALL);
  }

  @Override
  public Opened openGreatest(PlanFragment.ScanRegion scan, Set<String> groups, String greatest) {
    boolean endsAreEnough = SeriesEnds.areEnough(version.schema(), groups, greatest);
    return open(scan, endsAreEnough ? RegionScan.Wanted.SERIES_ENDS : RegionScan.Wanted.ALL);
  }

  private Opened open(PlanFragment.ScanRegion scan, RegionScan.Wanted wanted) {
    RegionScan rows =
        RegionScan.open(
            version,
            reader,
            Optional.of(environment.columns()),
            scan,
            wanted,
            environment.clock().instant(),
            environment.config().scanBatchRows(),
            queryAllocator);
    return new Opened(rows, rows.rest());
  }
}
