package io.terrane.server.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server in this process (S3Proxy over a local folder), on loopback, addressed by path, for
 * the playground and for tests. A bucket is a folder in its folder. It keeps {@code If-None-Match:
 * *} exactly under concurrent writers; it does not do so for {@code If-Match}.
 *
 * @see <a href="https://github.com/gaul/s3proxy">S3Proxy</a>
 */
public final class EmbeddedS3 implements AutoCloseable {
  /** Id and secret of the only key; the server listens on loopback alone. */
  public static final String ACCESS_KEY = "terrane";

  public static final String SECRET_KEY = "terrane-loopback";

  private static final int THREADS_MAX = 32;
  private static final long PUT_BYTES_MAX = 1L << 30;
  private static final long STOP_MILLIS = 500;

  private final S3Proxy server;

  private EmbeddedS3(S3Proxy server) {
    this.server = server;
  }

  /**
   * Starts a server and returns once it takes connections.
   *
   * @param directory made if there is none
   * @param port 0 for a free one
   * @param bucket made if there is none
   * @throws IOException if the folder or the port cannot be used
   */
  public static EmbeddedS3 start(Path directory, int port, String bucket) throws IOException {
    Files.createDirectories(directory.resolve(bucket));
    UnfinishedUploads.delete(directory);
    BlobStore files = new FilesystemNio2BlobStore(directory.toAbsolutePath().toString());
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(UnfinishedUploads.hideFrom(files))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(THREADS_MAX)
            .v4MaxNonChunkedRequestSize(PUT_BYTES_MAX)
            .stopTimeout(STOP_MILLIS)
            .build();
    try {
      server.start();
    } catch (Exception failure) {
      throw new IOException("cannot start the S3 server on port " + port, failure);
    }
    return new EmbeddedS3(server);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception failure) {
      throw new IOException("cannot stop the S3 server", failure);
    }
  }
}
