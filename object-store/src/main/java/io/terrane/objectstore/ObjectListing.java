package io.terrane.objectstore;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files below a folder as objects; what disappears meanwhile is left out. */
final class ObjectListing {
  private ObjectListing() {}

  static List<ObjectInfo> of(Path objects, Path folder) throws IOException {
    List<ObjectInfo> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.add(info(key(objects, file), attributes));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    found.sort(Comparator.comparing(ObjectInfo::key));
    return found;
  }

  static ObjectInfo info(ObjectKey key, BasicFileAttributes attributes) {
    return new ObjectInfo(key, attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  private static ObjectKey key(Path objects, Path file) {
    return new ObjectKey(objects.relativize(file).toString().replace('\\', '/'));
  }
}
