package io.terrane.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3TrustTest {
  @TempDir Path folder;

  @Test
  void theCertificatesOfTheFileAreTrustedAndNoOthers() throws Exception {
    X509Certificate[] known = runtimes();
    Path file = folder.resolve("ca.pem");
    Files.writeString(file, pem(known[0]) + pem(known[1]));
    X509TrustManager manager = (X509TrustManager) S3Trust.of(file).trustManagers()[0];
    assertThat(manager.getAcceptedIssuers()).containsExactlyInAnyOrder(known[0], known[1]);
  }

  @Test
  void aFileWithoutOneIsRefusedByName() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    Path text = Files.writeString(folder.resolve("text.pem"), "no certificate");
    assertThatThrownBy(() -> S3Trust.of(empty)).hasMessageContaining("empty.pem");
    assertThatThrownBy(() -> S3Trust.of(text)).hasMessageContaining("text.pem");
    assertThatThrownBy(() -> S3Trust.of(folder.resolve("absent.pem")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("absent.pem");
  }

  private static X509Certificate[] runtimes() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return ((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers();
  }

  private static String pem(X509Certificate certificate) throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
