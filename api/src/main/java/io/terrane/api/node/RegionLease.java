package io.terrane.api.node;

import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import java.time.Duration;

/**
 * Leave to lead a region under an epoch, for {@code duration} counted on the datanode's monotonic
 * clock from the moment it <em>sent</em> the heartbeat that this answers.
 */
public record RegionLease(RegionId region, RegionEpoch epoch, Duration duration) {}
