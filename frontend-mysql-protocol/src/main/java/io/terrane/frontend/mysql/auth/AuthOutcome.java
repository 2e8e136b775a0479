package io.terrane.frontend.mysql.auth;

/** Where a proof of a password stands. */
sealed interface AuthOutcome {
  AuthOutcome PROVEN = new Proven(new byte[0]);
  AuthOutcome DISPROVEN = new Disproven();

  /**
   * The client knows the password.
   *
   * @param notice plugin data that is sent before the OK, or empty
   */
  record Proven(byte[] notice) implements AuthOutcome {}

  /** It does not. */
  record Disproven() implements AuthOutcome {}

  /** The plugin wants to hear more. */
  record Ask(byte[] data) implements AuthOutcome {}
}
