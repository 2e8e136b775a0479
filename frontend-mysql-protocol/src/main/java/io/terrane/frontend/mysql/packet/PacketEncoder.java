package io.terrane.frontend.mysql.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;

/**
 * Frames payloads into chunks and hands each chunk over once it is worth a write. One answer at a
 * time; not shared between threads, but may move from one to the next with the answer.
 *
 * <p>A payload longer than a frame is split; one that ends exactly with a frame is followed by an
 * empty frame. A payload that was begun may be abandoned, as if it had never been.
 */
public final class PacketEncoder implements AutoCloseable {
  private static final int CHUNK_BYTES_FIRST = 1 << 10;
  private static final int CHUNK_BYTES_FULL = 1 << 16;

  /** Of those that follow a full one, with room for the packet that fills them. */
  private static final int CHUNK_BYTES_NEXT = CHUNK_BYTES_FULL + (1 << 12);

  private final ByteBufAllocator allocator;
  private final Consumer<ByteBuf> chunks;
  private final PayloadWriter payload = new PayloadWriter();
  private boolean begun;
  private ByteBuf chunk;
  private int chunkBytes = CHUNK_BYTES_FIRST;
  private int sequence;

  /**
   * @param chunks takes ownership of each chunk
   */
  public PacketEncoder(ByteBufAllocator allocator, Consumer<ByteBuf> chunks) {
    this.allocator = allocator;
    this.chunks = chunks;
  }

  /** The next packet carries this sequence id. */
  public void startAt(int firstSequence) {
    sequence = firstSequence & 0xFF;
  }

  /** The writer of a new payload, which ends with {@link #end()}. */
  public PayloadWriter begin() {
    payload.clear();
    begun = true;
    return payload;
  }

  public void end() {
    if (chunk == null) {
      chunk = allocator.buffer(chunkBytes);
    }
    int position = 0;
    int frame;
    do {
      frame = Math.min(payload.size() - position, PacketDecoder.FRAME_PAYLOAD_MAX);
      chunk.writeIntLE(frame | sequence << 24);
      sequence = (sequence + 1) & 0xFF;
      payload.copyTo(chunk, position, frame);
      position += frame;
    } while (frame == PacketDecoder.FRAME_PAYLOAD_MAX);
    begun = false;
    if (chunk.readableBytes() >= CHUNK_BYTES_FULL) {
      handOver();
      chunkBytes = CHUNK_BYTES_NEXT;
    }
  }

  /** Forgets the payload that was begun and not ended, if any. */
  public void abandon() {
    if (begun) {
      payload.clear();
      begun = false;
    }
  }

  /** Hands over what is framed. */
  public void flush() {
    begun = false;
    payload.rest();
    chunkBytes = CHUNK_BYTES_FIRST;
    if (chunk != null && chunk.isReadable()) {
      handOver();
    }
  }

  @Override
  public void close() {
    abandon();
    if (chunk != null) {
      chunk.release();
      chunk = null;
    }
  }

  private void handOver() {
    ByteBuf full = chunk;
    chunk = null;
    chunks.accept(full);
  }
}
