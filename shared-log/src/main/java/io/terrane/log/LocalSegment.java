package io.terrane.log;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One file of a topic, with the places of its frames in memory. One thread writes; the topic's lock
 * guards the index; {@link #read} may be called from any thread.
 */
final class LocalSegment {
  private static final byte[] MAGIC = "TLOG".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  static final int HEADER_BYTES = 16;

  private final Path file;
  private final long base;
  private final FileChannel channel;
  private final FrameIndex index = new FrameIndex();
  private int size;

  private LocalSegment(Path file, long base, FileChannel channel) {
    this.file = file;
    this.base = base;
    this.channel = channel;
  }

  /** A new file, forced to the disk with its header and its name. */
  static LocalSegment create(Path directory, long base) throws IOException {
    Path file = directory.resolve("%020d.log".formatted(base));
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    LocalSegment segment = new LocalSegment(file, base, channel);
    segment.writeHeader();
    LocalDirectory.force(directory);
    return segment;
  }

  /** A segment that was filled: every frame must be intact. */
  static LocalSegment openFull(Path file) throws IOException {
    LocalSegment segment = open(file);
    int end = segment.scan(segment.map());
    if (end < segment.channel.size()) {
      segment.close();
      throw segment.corrupted(end);
    }
    segment.size = end;
    return segment;
  }

  /** The segment that was written last: the remainder of an append nobody was told about is cut. */
  static LocalSegment openLast(Path file) throws IOException {
    LocalSegment segment = open(file);
    if (segment.channel.size() < HEADER_BYTES) {
      segment.writeHeader();
      return segment;
    }
    ByteBuffer bytes = segment.map();
    int end = segment.scan(bytes);
    if (end < bytes.limit()) {
      long damaged = segment.end();
      for (int at = end + 1; at < bytes.limit(); at++) {
        if (LogFrame.isIntact(bytes, at)
            && LogFrame.position(bytes, at) > damaged
            && LogFrame.durable(bytes, at) > damaged) {
          segment.close();
          throw segment.corrupted(end);
        }
      }
    }
    segment.truncate(end);
    return segment;
  }

  /** Position of the first record of a file, which its name tells. */
  static long base(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  private static LocalSegment open(Path file) throws IOException {
    long base = base(file);
    return new LocalSegment(
        file, base, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  long base() {
    return base;
  }

  /** Position behind the last frame that is in the index. */
  long end() {
    return base + index.count();
  }

  /** Bytes up to the end of the last frame that is in the index. */
  int size() {
    return size;
  }

  /** Writes frames behind the last one and forces them to the disk; they are not visible yet. */
  void write(ByteBuffer frames) throws IOException {
    long at = size;
    while (frames.hasRemaining()) {
      at += channel.write(frames, at);
    }
    channel.force(false);
  }

  /** Makes a written frame visible. */
  void publish(int frameBytes) {
    index.add(size);
    size += frameBytes;
  }

  /**
   * Number of bytes of the frames from {@code from} on, at least one and about {@code bytesMax}.
   */
  Slice slice(long from, int bytesMax) {
    int first = Math.toIntExact(from - base);
    int last = first;
    while (last + 1 < index.count() && endOf(last + 1) - index.offset(first) <= bytesMax) {
      last++;
    }
    return new Slice(from, index.offset(first), endOf(last) - index.offset(first));
  }

  /** Frames that lie together in the file. */
  record Slice(long from, int offset, int length) {}

  List<LogEntry> read(Slice slice) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(slice.length());
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, slice.offset() + bytes.position()) < 0) {
        throw corrupted(slice.offset() + bytes.position());
      }
    }
    bytes.flip();
    List<LogEntry> entries = new ArrayList<>();
    int at = 0;
    while (at < bytes.limit()) {
      int end = LogFrame.end(bytes, at, slice.from() + entries.size());
      if (end < 0) {
        throw corrupted(slice.offset() + at);
      }
      entries.add(LogFrame.read(bytes, at));
      at = end;
    }
    return entries;
  }

  void close() throws IOException {
    channel.close();
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }

  private int endOf(int number) {
    return number + 1 < index.count() ? index.offset(number + 1) : size;
  }

  private ByteBuffer map() throws IOException {
    ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    byte[] magic = new byte[MAGIC.length];
    bytes.get(0, magic, 0, Math.min(magic.length, bytes.limit()));
    if (bytes.limit() < HEADER_BYTES
        || !Arrays.equals(magic, MAGIC)
        || bytes.getInt(4) != VERSION
        || bytes.getLong(8) != base) {
      close();
      throw corrupted(0);
    }
    return bytes;
  }

  private int scan(ByteBuffer bytes) {
    int at = HEADER_BYTES;
    int next = LogFrame.end(bytes, at, end());
    while (next >= 0) {
      index.add(at);
      at = next;
      next = LogFrame.end(bytes, at, end());
    }
    return at;
  }

  private void truncate(int end) throws IOException {
    if (channel.size() > end) {
      channel.truncate(end);
      channel.force(true);
    }
    size = end;
  }

  private void writeHeader() throws IOException {
    channel.truncate(0);
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.put(MAGIC).putInt(VERSION).putLong(base).flip();
    while (header.hasRemaining()) {
      channel.write(header, header.position());
    }
    channel.force(true);
    size = HEADER_BYTES;
  }

  private TerraneException corrupted(long at) {
    return new TerraneException(
        ErrorCode.CORRUPTED, "log segment " + file + " is damaged at byte " + at);
  }
}
