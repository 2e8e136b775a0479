package io.terrane.server.lifecycle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder that one process at a time works in. The operating system gives the lock back when a
 * process ends, however it ends.
 */
public final class DataDirectory implements AutoCloseable {
  private static final String MARK = "terrane.initialized";

  private final Path path;
  private final FileChannel channel;
  private final boolean isNew;

  private DataDirectory(Path path, FileChannel channel, boolean isNew) {
    this.path = path;
    this.channel = channel;
    this.isNew = isNew;
  }

  /** Makes and locks the folder; an IOException says who is in the way. */
  public static DataDirectory open(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(path.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new DataDirectory(path, channel, !Files.exists(path.resolve(MARK)));
      }
    } catch (OverlappingFileLockException mine) {
      channel.close();
      throw new IOException("this process already works in " + path, mine);
    }
    channel.close();
    throw new IOException("another process works in " + path);
  }

  public Path path() {
    return path;
  }

  /** Whether {@link #initialized} was never called here. */
  public boolean isNew() {
    return isNew;
  }

  /** What is made once has been made. */
  public void initialized() throws IOException {
    Path mark = path.resolve(MARK);
    if (!Files.exists(mark)) {
      Files.createFile(mark);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
