package io.terrane.frontend.mysql.auth;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the server knows of a password; which plugins can check it follows from that. Never prints.
 *
 * <p>A password given in clear can be checked by every plugin; a hash by the plugin it was made
 * for: {@code *} and 40 hexadecimal digits by mysql_native_password, {@code $A$005$…} by
 * caching_sha2_password. Both hashes are what MySQL keeps in {@code mysql.user}.
 */
public final class Password {
  /** No password. */
  public static final Password EMPTY =
      new Password(Optional.empty(), Optional.empty(), Optional.empty());

  private static final int NATIVE_HASH_CHARS = 41;

  private final Optional<byte[]> sha1Twice;
  private final Optional<byte[]> sha256Twice;
  private final Optional<Sha256Crypt> crypt;

  private Password(
      Optional<byte[]> sha1Twice, Optional<byte[]> sha256Twice, Optional<Sha256Crypt> crypt) {
    this.sha1Twice = sha1Twice;
    this.sha256Twice = sha256Twice;
    this.crypt = crypt;
  }

  /** The password itself, of which only digests are kept. */
  public static Password ofClear(String clear) {
    if (clear.isEmpty()) {
      return EMPTY;
    }
    byte[] bytes = clear.getBytes(StandardCharsets.UTF_8);
    return new Password(
        Optional.of(Digests.twice(Digests.SHA_1, bytes)),
        Optional.of(Digests.twice(Digests.SHA_256, bytes)),
        Optional.empty());
  }

  /** One of the two forms of hash; INVALID_ARGUMENT for anything else. */
  public static Password ofHash(String hash) {
    if (hash.startsWith("*") && hash.length() == NATIVE_HASH_CHARS) {
      try {
        return new Password(
            Optional.of(HexFormat.of().parseHex(hash, 1, NATIVE_HASH_CHARS)),
            Optional.empty(),
            Optional.empty());
      } catch (IllegalArgumentException e) {
        throw new TerraneException(
            ErrorCode.INVALID_ARGUMENT, "a password hash that starts with * is not hexadecimal", e);
      }
    }
    return new Password(Optional.empty(), Optional.empty(), Optional.of(Sha256Crypt.parse(hash)));
  }

  boolean isEmpty() {
    return sha1Twice.isEmpty() && sha256Twice.isEmpty() && crypt.isEmpty();
  }

  /** For mysql_native_password. */
  Optional<byte[]> sha1Twice() {
    return sha1Twice;
  }

  /** For the fast path of caching_sha2_password. */
  Optional<byte[]> sha256Twice() {
    return sha256Twice;
  }

  /** For the full path of caching_sha2_password. */
  Optional<Sha256Crypt> crypt() {
    return crypt;
  }

  @Override
  public String toString() {
    return "***";
  }
}
