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

  private final ByteBufAllocator allocator;
  private final Consumer<ByteBuf> chunks;
  private ByteBuf chunk;
  private PayloadWriter writer;
  private int payloadStart = -1;
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
    if (chunk == null) {
      chunk = allocator.buffer(CHUNK_BYTES_FIRST);
      writer = new PayloadWriter(chunk);
    }
    abandon();
    chunk.writeZero(PacketDecoder.HEADER_BYTES);
    payloadStart = chunk.writerIndex();
    return writer;
  }

  public void end() {
    int length = chunk.writerIndex() - payloadStart;
    if (length < PacketDecoder.FRAME_PAYLOAD_MAX) {
      header(payloadStart - PacketDecoder.HEADER_BYTES, length);
    } else {
      split(length);
    }
    payloadStart = -1;
    if (chunk.readableBytes() >= CHUNK_BYTES_FULL) {
      handOver();
    }
  }

  /** Forgets the payload that was begun and not ended, if any. */
  public void abandon() {
    if (payloadStart >= 0) {
      chunk.writerIndex(payloadStart - PacketDecoder.HEADER_BYTES);
      payloadStart = -1;
    }
  }

  /** Hands over what is framed. */
  public void flush() {
    abandon();
    if (chunk != null && chunk.isReadable()) {
      handOver();
    }
  }

  @Override
  public void close() {
    if (chunk != null) {
      chunk.release();
      chunk = null;
      payloadStart = -1;
    }
  }

  private void handOver() {
    ByteBuf full = chunk;
    chunk = null;
    chunks.accept(full);
  }

  private void header(int position, int length) {
    chunk.setMediumLE(position, length);
    chunk.setByte(position + 3, sequence);
    sequence = (sequence + 1) & 0xFF;
  }

  private void split(int length) {
    ByteBuf whole = chunk;
    ByteBuf frames =
        allocator.buffer(
            whole.readableBytes()
                + (length / PacketDecoder.FRAME_PAYLOAD_MAX) * PacketDecoder.HEADER_BYTES);
    frames.writeBytes(whole, whole.readerIndex(), payloadStart - whole.readerIndex());
    frames.writerIndex(frames.writerIndex() - PacketDecoder.HEADER_BYTES);
    chunk = frames;
    int position = payloadStart;
    int left = length;
    int frame;
    do {
      frame = Math.min(left, PacketDecoder.FRAME_PAYLOAD_MAX);
      int start = frames.writerIndex();
      frames.writeZero(PacketDecoder.HEADER_BYTES).writeBytes(whole, position, frame);
      header(start, frame);
      position += frame;
      left -= frame;
    } while (frame == PacketDecoder.FRAME_PAYLOAD_MAX);
    whole.release();
    writer = new PayloadWriter(frames);
  }
}
