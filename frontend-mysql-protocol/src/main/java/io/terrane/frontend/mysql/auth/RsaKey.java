package io.terrane.frontend.mysql.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * The key pair under which clients without TLS send their password; made when first asked for, kept
 * for the life of the process. Thread-safe.
 */
final class RsaKey {
  private static final int BITS = 2048;
  private static final int PEM_LINE_CHARS = 64;

  private KeyPair pair;

  /** The public key as clients expect it. */
  byte[] publicPem() {
    byte[] newline = {'\n'};
    String body =
        Base64.getMimeEncoder(PEM_LINE_CHARS, newline)
            .encodeToString(pair().getPublic().getEncoded());
    return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** What was encrypted with the public key; empty if {@code bytes} is no such thing. */
  Optional<byte[]> decrypt(byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
      cipher.init(Cipher.DECRYPT_MODE, pair().getPrivate());
      return Optional.of(cipher.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      // A client's garbage and a wrong key look alike; either is a failed login.
      return Optional.empty();
    }
  }

  private synchronized KeyPair pair() {
    if (pair == null) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        pair = generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("RSA is missing from this Java runtime", e);
      }
    }
    return pair;
  }
}
