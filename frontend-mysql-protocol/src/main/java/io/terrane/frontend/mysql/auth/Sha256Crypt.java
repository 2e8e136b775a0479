package io.terrane.frontend.mysql.auth;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The slow hash that MySQL stores for caching_sha2_password: {@code $A$}, the number of rounds in
 * thousands as three hexadecimal digits, {@code $}, a salt of 20 bytes, 43 characters of digest.
 *
 * <p>Source: U. Drepper, "Unix crypt using SHA-256 and SHA-512"; the salt is longer than there.
 */
final class Sha256Crypt {
  private static final String PREFIX = "$A$";
  private static final int SALT_START = 7;
  private static final int SALT_CHARS = 20;
  private static final int DIGEST_CHARS = 43;
  private static final int ROUNDS_UNIT = 1000;
  private static final String ALPHABET =
      "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final String text;
  private final byte[] salt;
  private final int rounds;

  private Sha256Crypt(String text, byte[] salt, int rounds) {
    this.text = text;
    this.salt = salt;
    this.rounds = rounds;
  }

  static Sha256Crypt parse(String text) {
    if (!text.startsWith(PREFIX)
        || text.length() != SALT_START + SALT_CHARS + DIGEST_CHARS
        || text.charAt(SALT_START - 1) != '$') {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "a password hash is either * and 40 hexadecimal digits, or $A$005$, 20 characters of salt"
              + " and 43 of digest");
    }
    try {
      int rounds = Integer.parseInt(text.substring(PREFIX.length(), SALT_START - 1), 16);
      byte[] salt =
          text.substring(SALT_START, SALT_START + SALT_CHARS).getBytes(StandardCharsets.ISO_8859_1);
      return new Sha256Crypt(text, salt, Math.max(1, rounds) * ROUNDS_UNIT);
    } catch (NumberFormatException e) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "the number of rounds of a password hash is no number", e);
    }
  }

  /** The stored form of {@code password} under a salt of 20 characters. */
  static String hash(byte[] password, String salt) {
    byte[] saltBytes = salt.getBytes(StandardCharsets.ISO_8859_1);
    return PREFIX + "005$" + salt + encode(crypt(password, saltBytes, 5 * ROUNDS_UNIT));
  }

  /** The whole stored text, which names this hash in caches. */
  String text() {
    return text;
  }

  boolean matches(byte[] password) {
    byte[] expected = text.substring(SALT_START + SALT_CHARS).getBytes(StandardCharsets.US_ASCII);
    byte[] actual = encode(crypt(password, salt, rounds)).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(expected, actual);
  }

  private static byte[] crypt(byte[] password, byte[] salt, int rounds) {
    byte[] alternate = Digests.digest(Digests.SHA_256, password, salt, password);
    MessageDigest digest = Digests.of(Digests.SHA_256);
    digest.update(password);
    digest.update(salt);
    digest.update(repeat(alternate, password.length));
    for (int bits = password.length; bits > 0; bits >>= 1) {
      digest.update((bits & 1) != 0 ? alternate : password);
    }
    byte[] result = digest.digest();

    MessageDigest passwords = Digests.of(Digests.SHA_256);
    for (int i = 0; i < password.length; i++) {
      passwords.update(password);
    }
    byte[] passwordSequence = repeat(passwords.digest(), password.length);
    MessageDigest salts = Digests.of(Digests.SHA_256);
    for (int i = 0; i < 16 + (result[0] & 0xFF); i++) {
      salts.update(salt);
    }
    byte[] saltSequence = repeat(salts.digest(), salt.length);

    for (int round = 0; round < rounds; round++) {
      boolean odd = (round & 1) != 0;
      digest.update(odd ? passwordSequence : result);
      if (round % 3 != 0) {
        digest.update(saltSequence);
      }
      if (round % 7 != 0) {
        digest.update(passwordSequence);
      }
      digest.update(odd ? result : passwordSequence);
      result = digest.digest();
    }
    return result;
  }

  private static byte[] repeat(byte[] block, int length) {
    byte[] repeated = new byte[length];
    for (int i = 0; i < length; i += block.length) {
      System.arraycopy(block, 0, repeated, i, Math.min(block.length, length - i));
    }
    return repeated;
  }

  private static String encode(byte[] digest) {
    StringBuilder text = new StringBuilder(DIGEST_CHARS);
    int first = 0;
    int second = 10;
    int third = 20;
    for (int group = 0; group < 10; group++) {
      append(text, bits(digest[first], digest[second], digest[third]), 4);
      first = (first + 21) % 30;
      second = (second + 21) % 30;
      third = (third + 21) % 30;
    }
    append(text, bits((byte) 0, digest[31], digest[30]), 3);
    return text.toString();
  }

  private static int bits(byte high, byte middle, byte low) {
    return ((high & 0xFF) << 16) | ((middle & 0xFF) << 8) | (low & 0xFF);
  }

  private static void append(StringBuilder text, int bits, int chars) {
    int left = bits;
    for (int i = 0; i < chars; i++) {
      text.append(ALPHABET.charAt(left & 0x3F));
      left >>>= 6;
    }
  }
}
