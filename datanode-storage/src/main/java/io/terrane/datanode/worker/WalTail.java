package io.terrane.datanode.worker;

import io.terrane.api.time.Ticker;
import io.terrane.datanode.DatanodeConfig;
import io.terrane.datanode.manifest.RegionManifest;

/**
 * Watches how much of its WAL topic a region holds back: by number of records, its own and others',
 * and by how long it has not moved on. Region worker only.
 */
final class WalTail {
  private final DatanodeConfig config;
  private final Ticker ticker;
  private long replay = -1;
  private long sinceNanos;

  WalTail(DatanodeConfig config, Ticker ticker) {
    this.config = config;
    this.ticker = ticker;
  }

  /** Whether something should be done about it. */
  boolean isLong(RegionManifest manifest, long logEnd) {
    long now = ticker.nanos();
    if (manifest.replay().position() != replay) {
      replay = manifest.replay().position();
      sinceNanos = now;
    }
    boolean isOld = now - sinceNanos >= config.walTailAgeMax().toNanos();
    return logEnd - manifest.flushed().position() > config.walTailRecordsMax()
        || (isOld && logEnd > replay);
  }
}
