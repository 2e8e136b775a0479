package io.terrane.frontend.mysql.message;

/**
 * What both sides of a connection can do. Source: MySQL manual, "Capabilities Flags".
 *
 * @param bits 32 bits, unsigned
 */
public record Capabilities(long bits) {
  public static final long LONG_PASSWORD = 1;
  public static final long FOUND_ROWS = 1 << 1;
  public static final long LONG_FLAG = 1 << 2;
  public static final long CONNECT_WITH_DB = 1 << 3;
  public static final long LOCAL_FILES = 1 << 7;
  public static final long IGNORE_SPACE = 1 << 8;
  public static final long PROTOCOL_41 = 1 << 9;
  public static final long INTERACTIVE = 1 << 10;
  public static final long SSL = 1 << 11;
  public static final long TRANSACTIONS = 1 << 13;
  public static final long SECURE_CONNECTION = 1 << 15;
  public static final long MULTI_STATEMENTS = 1 << 16;
  public static final long MULTI_RESULTS = 1 << 17;
  public static final long PS_MULTI_RESULTS = 1 << 18;
  public static final long PLUGIN_AUTH = 1 << 19;
  public static final long CONNECT_ATTRS = 1 << 20;
  public static final long PLUGIN_AUTH_LENENC = 1 << 21;
  public static final long SESSION_TRACK = 1 << 23;
  public static final long DEPRECATE_EOF = 1 << 24;

  /** What this server does; SSL comes on top where it is configured. */
  public static final Capabilities SERVER =
      new Capabilities(
          LONG_PASSWORD
              | FOUND_ROWS
              | LONG_FLAG
              | CONNECT_WITH_DB
              | LOCAL_FILES
              | IGNORE_SPACE
              | PROTOCOL_41
              | INTERACTIVE
              | TRANSACTIONS
              | SECURE_CONNECTION
              | MULTI_STATEMENTS
              | MULTI_RESULTS
              | PS_MULTI_RESULTS
              | PLUGIN_AUTH
              | CONNECT_ATTRS
              | PLUGIN_AUTH_LENENC
              | SESSION_TRACK
              | DEPRECATE_EOF);

  public boolean has(long capability) {
    return (bits & capability) != 0;
  }

  public Capabilities with(long capability) {
    return new Capabilities(bits | capability);
  }

  /** What both have: some clients set flags that the server never announced. */
  public Capabilities and(Capabilities other) {
    return new Capabilities(bits & other.bits);
  }
}
