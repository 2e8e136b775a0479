package io.terrane.objectstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes names in folders survive a crash; forcing a folder that has not changed costs little. */
final class FolderSync {
  private FolderSync() {}

  static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Forces {@code folder} and its parents up to {@code top}, which may all be new. */
  static void forceUpTo(Path folder, Path top) throws IOException {
    for (Path next = folder; next.startsWith(top); next = next.getParent()) {
      force(next);
    }
  }
}
