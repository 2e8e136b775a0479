package io.terrane.frontend.mysql.auth;

import java.security.MessageDigest;

/**
 * {@code mysql_native_password}: the answer is SHA1(password) XOR SHA1(salt, SHA1(SHA1(password))),
 * or nothing for an empty password.
 *
 * <p>Source: MySQL manual, "Native Authentication".
 */
final class NativePassword implements AuthPlugin {
  static final String NAME = "mysql_native_password";
  private static final int DIGEST_BYTES = 20;

  @Override
  public String pluginName() {
    return NAME;
  }

  @Override
  public boolean canCheck(Password password) {
    return password.isEmpty() || password.sha1Twice().isPresent();
  }

  @Override
  public AuthOutcome begin(Password password, byte[] salt, Transport transport, byte[] response) {
    if (password.isEmpty()) {
      return response.length == 0 ? AuthOutcome.PROVEN : AuthOutcome.DISPROVEN;
    }
    if (response.length != DIGEST_BYTES) {
      return AuthOutcome.DISPROVEN;
    }
    byte[] known = password.sha1Twice().orElseThrow();
    byte[] sha1 = Digests.xor(response, Digests.digest(Digests.SHA_1, salt, known));
    boolean equal = MessageDigest.isEqual(known, Digests.digest(Digests.SHA_1, sha1));
    return equal ? AuthOutcome.PROVEN : AuthOutcome.DISPROVEN;
  }

  @Override
  public AuthOutcome resume(Password password, byte[] salt, Transport transport, byte[] reply) {
    return AuthOutcome.DISPROVEN;
  }
}
