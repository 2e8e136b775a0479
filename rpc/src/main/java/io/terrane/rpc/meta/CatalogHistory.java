package io.terrane.rpc.meta;

import io.terrane.api.table.CatalogSnapshot;
import io.terrane.rpc.proto.CatalogProto;
import io.terrane.rpc.wire.CatalogDeltaWire;
import io.terrane.rpc.wire.CatalogWire;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last few snapshots that were handed out, so that those who follow the catalogue are told what
 * changed instead of all of it. Thread-safe.
 */
final class CatalogHistory {

  /** Followers are a version or two behind; whoever is further behind gets the whole. */
  static final int VERSIONS_MAX = 8;

  private final Map<Long, CatalogSnapshot> byVersion =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CatalogSnapshot> eldest) {
          return size() > VERSIONS_MAX;
        }
      };

  /** The answer to someone who has {@code knownVersion}; empty if {@code snapshot} is that. */
  CatalogProto.CatalogReply replyTo(long knownVersion, CatalogSnapshot snapshot) {
    CatalogSnapshot known;
    synchronized (byVersion) {
      byVersion.putIfAbsent(snapshot.version(), snapshot);
      known = byVersion.get(knownVersion);
    }
    CatalogProto.CatalogReply.Builder reply = CatalogProto.CatalogReply.newBuilder();
    if (snapshot.version() == knownVersion) {
      return reply.build();
    }
    return known != null
        ? reply.setDelta(CatalogDeltaWire.encode(known, snapshot)).build()
        : reply.setSnapshot(CatalogWire.encode(snapshot)).build();
  }
}
