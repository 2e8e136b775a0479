package io.terrane.frontend.mysql.auth;

/** One way to prove a password, as a conversation. Stateless between logins; thread-safe. */
interface AuthPlugin {
  /** As it crosses the wire. */
  String pluginName();

  /** Whether what is known of the password is enough to check it this way. */
  boolean canCheck(Password password);

  /** What the client's first answer comes to. */
  AuthOutcome begin(Password password, byte[] salt, Transport transport, byte[] response);

  /** What an answer to a {@link AuthOutcome.Ask} of this plugin comes to. */
  AuthOutcome resume(Password password, byte[] salt, Transport transport, byte[] reply);
}
