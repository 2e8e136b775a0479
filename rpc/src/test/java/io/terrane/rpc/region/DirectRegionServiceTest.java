package io.terrane.rpc.region;

import io.terrane.api.service.RegionService;

/** The contract without a wire, which shows that the contract itself is right. */
class DirectRegionServiceTest extends RegionServiceContract {

  @Override
  RegionService service() {
    return regions;
  }
}
