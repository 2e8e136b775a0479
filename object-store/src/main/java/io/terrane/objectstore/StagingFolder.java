package io.terrane.objectstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Files that are being written, named {@code process-number}. What dead processes have left is
 * deleted at opening.
 */
final class StagingFolder {
  private final Path folder;
  private final long process = ProcessHandle.current().pid();
  private final AtomicLong numbers = new AtomicLong();

  private StagingFolder(Path folder) {
    this.folder = folder;
  }

  static StagingFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files;
    try (Stream<Path> present = Files.list(folder)) {
      files = present.toList();
    }
    for (Path file : files) {
      if (!isWriterAlive(file.getFileName().toString())) {
        Files.deleteIfExists(file);
      }
    }
    return new StagingFolder(folder);
  }

  private static boolean isWriterAlive(String name) {
    int dash = name.indexOf('-');
    return dash > 0
        && name.substring(0, dash).chars().allMatch(Character::isDigit)
        && ProcessHandle.of(Long.parseLong(name.substring(0, dash))).isPresent();
  }

  /** A new file with this content, forced to the disk; the caller deletes it. */
  Path write(byte[] content) throws IOException {
    for (; ; ) {
      Path file = folder.resolve(process + "-" + numbers.incrementAndGet());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
        return file;
      } catch (FileAlreadyExistsException taken) {
        // Another store of this process has this folder open; the next number may be free.
      } catch (IOException failure) {
        Files.deleteIfExists(file);
        throw failure;
      }
    }
  }
}
