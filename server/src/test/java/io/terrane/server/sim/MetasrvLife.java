package io.terrane.server.sim;

import io.terrane.meta.Metasrv;
import java.util.Optional;

/** One life of a metasrv. */
record MetasrvLife(SimulatedProcess process, Metasrv metasrv) {
  Optional<SimulatedProcess> running() {
    return Optional.of(process).filter(SimulatedProcess::isAlive);
  }

  void kill() {
    process.crash();
    metasrv.close();
  }
}
