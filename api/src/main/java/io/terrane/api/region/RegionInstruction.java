package io.terrane.api.region;

import java.time.Duration;

/**
 * What a metasrv (or an ADMIN function) tells a datanode to do with a region. Each may be sent
 * twice; the second has no further effect and the same answer. An instruction with an epoch below
 * the region's is refused with REGION_NOT_LEADER.
 */
public sealed interface RegionInstruction {
  RegionId region();

  /** Makes a new, empty region and leads it. Reply: Done. */
  record CreateRegion(RegionSpec spec, RegionEpoch epoch) implements RegionInstruction {
    @Override
    public RegionId region() {
      return spec.region();
    }
  }

  /** Opens from manifest and WAL and leads. Reply: Done once it reads and writes. */
  record OpenRegion(RegionSpec spec, RegionEpoch epoch) implements RegionInstruction {
    @Override
    public RegionId region() {
      return spec.region();
    }
  }

  /**
   * Opens from the manifest and follows the WAL without ever writing: a migration's candidate.
   * Reply: Replay, as soon as the manifest is read.
   *
   * @param replayBytesPerSecond what all candidates of the datanode may read together, from now on
   *     and until they are to take over; 0: any
   */
  record OpenCandidate(RegionSpec spec, long replayBytesPerSecond) implements RegionInstruction {
    @Override
    public RegionId region() {
      return spec.region();
    }
  }

  /** How far a candidate has come. Reply: Replay. */
  record ReplayProgress(RegionId region) implements RegionInstruction {}

  /** Writes memtables to files. Reply: Flushed. Needs a region that is LEADER or DOWNGRADING. */
  record FlushRegion(RegionId region) implements RegionInstruction {}

  /** Merges files. Reply: Done; a region with nothing to merge is done at once. */
  record CompactRegion(RegionId region) implements RegionInstruction {}

  /**
   * Deletes files that no manifest and no reader has needed for the grace period. Reply: Swept.
   * Needs a region that is LEADER or DOWNGRADING.
   *
   * @param dryRun deletes nothing: the reply says what would have been deleted
   */
  record CollectGarbage(RegionId region, boolean dryRun) implements RegionInstruction {}

  /**
   * Which files there are. Reply: Files. Needs a region that is LEADER or DOWNGRADING.
   *
   * @param stored what lies in the bucket; else what the manifest names
   */
  record ListFiles(RegionId region, boolean stored) implements RegionInstruction {}

  /**
   * Reads every row that reads see now. Reply: Checksum. Needs a region that is LEADER or
   * DOWNGRADING.
   */
  record ChecksumRegion(RegionId region) implements RegionInstruction {}

  /**
   * Takes no write from now on; writes that were accepted are completed first. Reply: Downgraded. A
   * region that is not open answers REGION_NOT_OPEN.
   *
   * @param epoch of the leader that is to stop
   */
  record DowngradeRegion(RegionId region, RegionEpoch epoch) implements RegionInstruction {}

  /**
   * Puts {@code epoch} into the region's manifest, so that what is left to do for an UpgradeRegion
   * under it needs the log alone; no leader below it edits the manifest any more. For a candidate
   * whose region's route is downgrading. Reply: Done.
   */
  record ClaimManifest(RegionId region, RegionEpoch epoch) implements RegionInstruction {}

  /**
   * Makes a candidate, or a downgraded leader, the leader under {@code epoch}: reads the WAL up to
   * {@code position} (negative: to its present end), appends the fence record of the epoch, then
   * takes writes. Reply: Done; or TIMED_OUT when the position is not reached in time, with nothing
   * changed.
   */
  record UpgradeRegion(RegionId region, RegionEpoch epoch, long position, Duration replayTimeout)
      implements RegionInstruction {}

  /** Forgets the region without deleting anything. Reply: Done, also when it is not open. */
  record CloseRegion(RegionId region) implements RegionInstruction {}

  /**
   * Goes on under the table as it is in {@code spec}: schema, options, name. Reply: Done, also when
   * the region knows this schema version or a later one already.
   */
  record AlterRegion(RegionSpec spec) implements RegionInstruction {
    @Override
    public RegionId region() {
      return spec.region();
    }
  }

  /** Deletes every row, durably, without reading them. Reply: Done. */
  record TruncateRegion(RegionId region, RegionEpoch epoch) implements RegionInstruction {}

  /** Closes the region and deletes its files. Reply: Done, also when it is gone already. */
  record DropRegion(RegionSpec spec) implements RegionInstruction {
    @Override
    public RegionId region() {
      return spec.region();
    }
  }
}
