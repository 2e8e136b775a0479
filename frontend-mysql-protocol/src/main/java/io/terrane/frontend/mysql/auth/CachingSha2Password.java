package io.terrane.frontend.mysql.auth;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@code caching_sha2_password}. The fast path: the answer is SHA256(password) XOR
 * SHA256(SHA256(SHA256(password)), salt). Where only a slow hash of the password is known and no
 * login has shown the rest yet, the full path: the client sends the password itself, as it is
 * inside TLS, else encrypted with a public key that it may ask for.
 *
 * <p>Source: MySQL manual, "Caching_sha2_password information".
 */
final class CachingSha2Password implements AuthPlugin {
  static final String NAME = "caching_sha2_password";

  private static final byte[] FAST_OK = {3};
  private static final byte[] FULL_NEEDED = {4};
  private static final int PUBLIC_KEY_REQUEST = 2;
  private static final int DIGEST_BYTES = 32;

  private final FastAuthCache cache;
  private final RsaKey key;

  CachingSha2Password(FastAuthCache cache, RsaKey key) {
    this.cache = cache;
    this.key = key;
  }

  @Override
  public String pluginName() {
    return NAME;
  }

  @Override
  public boolean canCheck(Password password) {
    return password.isEmpty() || password.sha256Twice().isPresent() || password.crypt().isPresent();
  }

  @Override
  public AuthOutcome begin(Password password, byte[] salt, Transport transport, byte[] response) {
    boolean nothing = response.length == 0 || (response.length == 1 && response[0] == 0);
    if (password.isEmpty() || nothing) {
      return password.isEmpty() && nothing ? AuthOutcome.PROVEN : AuthOutcome.DISPROVEN;
    }
    Optional<byte[]> known = password.sha256Twice().or(() -> cache.find(password));
    if (known.isEmpty()) {
      return new AuthOutcome.Ask(FULL_NEEDED);
    }
    if (isScramble(response, known.get(), salt)) {
      return new AuthOutcome.Proven(FAST_OK);
    }
    // A cached digest may be that of a password since changed; a configured one cannot.
    return password.sha256Twice().isPresent()
        ? AuthOutcome.DISPROVEN
        : new AuthOutcome.Ask(FULL_NEEDED);
  }

  @Override
  public AuthOutcome resume(Password password, byte[] salt, Transport transport, byte[] reply) {
    if (transport == Transport.TLS) {
      return check(password, reply);
    }
    if (reply.length == 1 && reply[0] == PUBLIC_KEY_REQUEST) {
      return new AuthOutcome.Ask(key.publicPem());
    }
    return key.decrypt(reply)
        .map(mixed -> check(password, Digests.xor(mixed, salt)))
        .orElse(AuthOutcome.DISPROVEN);
  }

  private AuthOutcome check(Password password, byte[] clearAndZero) {
    if (clearAndZero.length == 0 || clearAndZero[clearAndZero.length - 1] != 0) {
      return AuthOutcome.DISPROVEN;
    }
    byte[] clear = Arrays.copyOf(clearAndZero, clearAndZero.length - 1);
    if (password.crypt().filter(crypt -> crypt.matches(clear)).isEmpty()) {
      return AuthOutcome.DISPROVEN;
    }
    cache.put(password, Digests.twice(Digests.SHA_256, clear));
    return AuthOutcome.PROVEN;
  }

  private static boolean isScramble(byte[] response, byte[] known, byte[] salt) {
    if (response.length != DIGEST_BYTES) {
      return false;
    }
    byte[] once = Digests.xor(response, Digests.digest(Digests.SHA_256, known, salt));
    return MessageDigest.isEqual(known, Digests.digest(Digests.SHA_256, once));
  }
}
