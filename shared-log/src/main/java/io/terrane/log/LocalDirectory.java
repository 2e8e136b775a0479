package io.terrane.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A topic's folder: its segments by age, and the first position that is kept. */
record LocalDirectory(Path path) {
  private static final String START = "start";

  /** Names made or removed in {@code directory} survive a crash from here on. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Segments by age. What a crash left of a trim goes: a segment whose successor begins at {@code
   * start} or before. (Deletions reach the disk in any order, so such a remainder may have a gap.)
   */
  List<Path> segmentsFrom(long start) throws IOException {
    List<Path> files = segments();
    int first = 0;
    while (first + 1 < files.size() && LocalSegment.base(files.get(first + 1)) <= start) {
      Files.delete(files.get(first));
      first++;
    }
    return files.subList(first, files.size());
  }

  List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".log")).sorted().toList();
    }
  }

  long readStart() throws IOException {
    Path file = path.resolve(START);
    return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
  }

  /** Replaced as a whole, so that a crash leaves the old number or the new one. */
  void writeStart(long start) throws IOException {
    Path next = path.resolve(START + ".next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer text = ByteBuffer.wrap((start + "\n").getBytes(StandardCharsets.US_ASCII));
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    Files.move(
        next,
        path.resolve(START),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    force(path);
  }
}
