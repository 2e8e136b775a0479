package io.terrane.query.spill;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The local disk that the statements of a process may fill. Files have no names while they are in
 * use, so that nothing stays behind when the process dies. Thread-safe.
 */
public final class SpillSpace {
  private static final SpillSpace NONE = new SpillSpace(Path.of(""), 0);

  private final Path folder;
  private final long bytesMax;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * @param folder is made when it is needed
   * @param bytesMax of all statements together; 0 for no disk at all
   */
  public SpillSpace(Path folder, long bytesMax) {
    this.folder = folder;
    this.bytesMax = bytesMax;
  }

  /** Nothing is ever put on disk. */
  public static SpillSpace none() {
    return NONE;
  }

  public boolean isThere() {
    return bytesMax > 0;
  }

  /** Bytes on disk now. */
  public long bytes() {
    return bytes.get();
  }

  /** A new file for batches of one schema. */
  public SpillFile create(Schema schema) {
    try {
      Files.createDirectories(folder);
      Path path = Files.createTempFile(folder, "spill-", ".arrows");
      FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      return new SpillFile(this, channel, schema);
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  void reserve(long more) {
    if (bytes.addAndGet(more) > bytesMax) {
      bytes.addAndGet(-more);
      throw new TerraneException(
          ErrorCode.QUERY_MEMORY_EXCEEDED,
          "Out of memory: the statement's rows fit neither into its memory nor into the "
              + bytesMax
              + " bytes of disk that statements may take");
    }
  }

  void release(long freed) {
    bytes.addAndGet(-freed);
  }

  TerraneException failed(IOException failure) {
    return new TerraneException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "rows that do not fit into memory cannot be kept in "
            + folder
            + ": "
            + failure.getMessage(),
        failure);
  }
}
