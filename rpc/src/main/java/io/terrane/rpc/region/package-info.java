/** {@code RegionService} over Flight: the datanode's half and the callers' half. */
package io.terrane.rpc.region;
