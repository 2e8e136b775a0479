package io.terrane.frontend.mysql.auth;

import io.terrane.frontend.mysql.message.HandshakeV10;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The plugins and users of one server. Thread-safe if its source of randomness is. */
public final class Authentication {
  /** What is announced in the greeting. */
  public static final String DEFAULT_PLUGIN = CachingSha2Password.NAME;

  /** What clients without plugins speak. */
  public static final String PLUGIN_WITHOUT_PLUGINS = NativePassword.NAME;

  private final UserStore users;
  private final RandomGenerator random;
  private final List<AuthPlugin> plugins;
  private final Password unknownUsersPassword;

  public Authentication(UserStore users, RandomGenerator random) {
    this.users = users;
    this.random = random;
    this.plugins =
        List.of(new CachingSha2Password(new FastAuthCache(), new RsaKey()), new NativePassword());
    this.unknownUsersPassword = Password.ofClear(Long.toHexString(random.nextLong()));
  }

  /** Random bytes that are neither zero nor {@code $}, which clients take for an end. */
  public byte[] newSalt() {
    byte[] salt = new byte[HandshakeV10.SALT_BYTES];
    for (int i = 0; i < salt.length; i++) {
      int character;
      do {
        character = random.nextInt(1, 128);
      } while (character == '$');
      salt[i] = (byte) character;
    }
    return salt;
  }

  public Login login(Transport transport, String user, InetAddress from, byte[] salt) {
    return new Login(this, transport, user, from, salt);
  }

  UserStore users() {
    return users;
  }

  /** One that nobody knows, so that unknown users fail as late as known ones. */
  Password unknownUsersPassword() {
    return unknownUsersPassword;
  }

  Optional<AuthPlugin> find(String name) {
    return plugins.stream().filter(plugin -> plugin.pluginName().equals(name)).findFirst();
  }

  AuthPlugin pluginFor(Password password) {
    return plugins.stream().filter(plugin -> plugin.canCheck(password)).findFirst().orElseThrow();
  }
}
