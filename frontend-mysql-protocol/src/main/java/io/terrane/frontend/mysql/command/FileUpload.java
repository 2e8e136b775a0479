package io.terrane.frontend.mysql.command;

import io.netty.buffer.ByteBuf;
import io.terrane.api.sql.FileContent;
import io.terrane.api.sql.StatementResult.Affected;
import io.terrane.frontend.mysql.result.Continuation;
import java.nio.ByteBuffer;
import java.util.function.Function;

/**
 * A file that the client was asked for: its packets are the file's bytes until an empty one, and
 * only that has an answer, an error from within too. Source: MySQL manual, "LOCAL INFILE Request".
 */
final class FileUpload {
  private final FileContent content;
  private final Function<Affected, Continuation> answer;
  private RuntimeException failure;
  private boolean ended;

  FileUpload(FileContent content, Function<Affected, Continuation> answer) {
    this.content = content;
    this.answer = answer;
  }

  boolean hasEnded() {
    return ended;
  }

  Continuation receive(ByteBuf packet) {
    if (packet.isReadable()) {
      take(packet);
      return Continuation.DONE;
    }
    ended = true;
    if (failure != null) {
      throw failure;
    }
    Affected done;
    try {
      done = content.finish();
    } finally {
      content.close();
    }
    return answer.apply(done);
  }

  private void take(ByteBuf packet) {
    if (failure != null) {
      return;
    }
    try {
      for (ByteBuffer part : packet.nioBuffers()) {
        content.accept(part);
      }
    } catch (RuntimeException e) {
      // The client hears of nothing until it has sent everything.
      failure = e;
      content.close();
    }
  }

  void close() {
    ended = true;
    content.close();
  }
}
