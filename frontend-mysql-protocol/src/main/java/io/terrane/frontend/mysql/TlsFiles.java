package io.terrane.frontend.mysql;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a server shows to clients that want TLS, as PEM files.
 *
 * @param certificate the chain, the server's own first
 * @param key its private key, PKCS 8, not encrypted
 */
public record TlsFiles(Path certificate, Path key) {
  public TlsFiles {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
  }
}
