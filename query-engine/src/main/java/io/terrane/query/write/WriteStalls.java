package io.terrane.query.write;

import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.WriteStall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long this frontend held writes while their region went to another leader, since somebody last
 * asked. Thread-safe.
 */
public final class WriteStalls {
  private static final int LED_MAX = 10_000;

  private final Map<Led, WriteStall> stalls = new HashMap<>();

  /** A write that was taken by the leader of {@code epoch}. */
  synchronized void held(RegionId region, RegionEpoch epoch, Duration time) {
    keep(new WriteStall(region, epoch, time, 1));
  }

  /** What there is, which is forgotten here. */
  public synchronized List<WriteStall> take() {
    List<WriteStall> taken = new ArrayList<>(stalls.values());
    stalls.clear();
    return taken;
  }

  /** Takes back what could not be told. */
  public synchronized void putBack(List<WriteStall> taken) {
    taken.forEach(this::keep);
  }

  private void keep(WriteStall stall) {
    Led led = new Led(stall.region(), stall.epoch());
    if (stalls.containsKey(led) || stalls.size() < LED_MAX) {
      stalls.merge(led, stall, WriteStall::plus);
    }
  }

  private record Led(RegionId region, RegionEpoch epoch) {}
}
