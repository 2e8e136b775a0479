package io.terrane.api.sql;

import java.nio.ByteBuffer;

/**
 * Takes a file that the client was asked for, piece by piece, on the thread that may use the
 * session. Failures are TerraneExceptions; after one it may only be closed.
 */
public interface FileContent extends AutoCloseable {
  /** Takes the next bytes, which are valid inside the call only; may block on storage. */
  void accept(ByteBuffer bytes);

  /** The file is complete: what the statement did. */
  StatementResult.Affected finish();

  /** Ends the statement; may be called at any time, any number of times. */
  @Override
  void close();
}
