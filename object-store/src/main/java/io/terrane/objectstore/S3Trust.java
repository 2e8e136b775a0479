package io.terrane.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.http.TlsTrustManagersProvider;

/** Trusts the certificates of a file and no others. */
final class S3Trust implements TlsTrustManagersProvider {
  private final TrustManager[] managers;

  private S3Trust(TrustManager[] managers) {
    this.managers = managers;
  }

  /**
   * @throws IllegalArgumentException if there is no certificate in {@code file}
   */
  static S3Trust of(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (found.isEmpty()) {
        throw new IllegalArgumentException("ca-file " + file + " has no certificate");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate certificate : found) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return new S3Trust(factory.getTrustManagers());
    } catch (IOException | GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          "ca-file " + file + " cannot be used: " + unusable.getMessage(), unusable);
    }
  }

  @Override
  public TrustManager[] trustManagers() {
    return managers.clone();
  }
}
