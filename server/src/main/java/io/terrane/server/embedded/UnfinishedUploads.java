package io.terrane.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * S3Proxy writes an upload to a file beside the object, named like it with a UUID behind, and lists
 * that file as an object until it is renamed; a server that is killed leaves it for good. S3 shows
 * no such thing. So these names are left out of listings, and what a dead server has left is
 * deleted; no object of ours has a name of this form.
 */
final class UnfinishedUploads extends ForwardingBlobStore {
  private static final Pattern NAME =
      Pattern.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private UnfinishedUploads(BlobStore store) {
    super(store);
  }

  static BlobStore hideFrom(BlobStore store) {
    return new UnfinishedUploads(store);
  }

  /** For a folder that no server has open. */
  static void delete(Path directory) throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.walk(directory)) {
      left =
          files
              .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
              .filter(Files::isRegularFile)
              .toList();
    }
    for (Path file : left) {
      Files.delete(file);
    }
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response page = super.list(request);
    List<S3Object> finished =
        page.contents().stream().filter(object -> !NAME.matcher(object.key()).matches()).toList();
    return page.toBuilder().contents(finished).keyCount(finished.size()).build();
  }
}
