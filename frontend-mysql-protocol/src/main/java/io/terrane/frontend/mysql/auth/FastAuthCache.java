package io.terrane.frontend.mysql.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Quick digests of passwords whose slow hash has been checked once, by that hash: a changed
 * password has another hash, so nothing needs to be invalidated. Bounded, the oldest goes first.
 * Thread-safe.
 */
final class FastAuthCache {
  private static final int ENTRIES_MAX = 1024;

  private final Map<String, byte[]> digests =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > ENTRIES_MAX;
        }
      };

  synchronized Optional<byte[]> find(Password password) {
    return password.crypt().map(crypt -> digests.get(crypt.text()));
  }

  synchronized void put(Password password, byte[] digest) {
    password.crypt().ifPresent(crypt -> digests.put(crypt.text(), digest));
  }
}
