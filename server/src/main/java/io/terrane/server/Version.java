package io.terrane.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What was built. */
public final class Version {
  public static final String NUMBER;
  public static final String COMMIT;

  static {
    Properties built = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        built.load(in);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    NUMBER = built.getProperty("version", "unknown");
    COMMIT = built.getProperty("commit", "unknown");
  }

  private Version() {}
}
