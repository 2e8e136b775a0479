package io.terrane.frontend.mysql.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digests that both password plugins are made of. */
final class Digests {
  static final String SHA_1 = "SHA-1";
  static final String SHA_256 = "SHA-256";

  private Digests() {}

  static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      // Both are among those that every Java platform must have.
      throw new IllegalStateException(algorithm + " is missing from this Java runtime", e);
    }
  }

  static byte[] digest(String algorithm, byte[]... parts) {
    MessageDigest digest = of(algorithm);
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  static byte[] twice(String algorithm, byte[] password) {
    return digest(algorithm, digest(algorithm, password));
  }

  /** {@code left} with the bytes of {@code right}, repeated as often as it takes, mixed in. */
  static byte[] xor(byte[] left, byte[] right) {
    byte[] mixed = new byte[left.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (byte) (left[i] ^ right[i % right.length]);
    }
    return mixed;
  }
}
