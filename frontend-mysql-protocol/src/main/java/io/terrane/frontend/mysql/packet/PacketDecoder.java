package io.terrane.frontend.mysql.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a client's bytes into packets. A frame is a length of three bytes, a sequence id, the
 * payload; a payload of {@value #FRAME_PAYLOAD_MAX} bytes goes on in the next frame.
 *
 * <p>Packets over the limit are dropped as they arrive, so that they cost no memory, and reported
 * as {@link Inbound.TooLarge} once they are over. Runs on the channel's event loop.
 *
 * <p>Source: MySQL internals, "MySQL Packets".
 */
public final class PacketDecoder extends ByteToMessageDecoder {
  static final int FRAME_PAYLOAD_MAX = 0xFF_FFFF;
  static final int HEADER_BYTES = 4;

  private volatile int payloadBytesMax;
  private State state = State.HEADER;
  private CompositeByteBuf joined;
  private long packetBytes;
  private long skipBytes;
  private boolean lastFrame;
  private boolean continued;
  private int sequence;

  /** What the next bytes are. */
  private enum State {
    /** The four bytes before a payload. */
    HEADER,
    /** A payload that is waited for as a whole. */
    PAYLOAD,
    /** A payload that is over the limit. */
    SKIPPED,
    /** Nothing we can make sense of. */
    BROKEN
  }

  public PacketDecoder(int payloadBytesMax) {
    this.payloadBytesMax = payloadBytesMax;
  }

  /** From any thread; holds for frames whose header has not been read yet. */
  public void limitPayload(int bytesMax) {
    payloadBytesMax = bytesMax;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    switch (state) {
      case HEADER -> readHeader(context, in, out);
      case PAYLOAD -> readPayload(context, in, out);
      case SKIPPED -> skip(in, out);
      case BROKEN -> in.skipBytes(in.readableBytes());
    }
  }

  private void readHeader(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < HEADER_BYTES) {
      return;
    }
    int length = in.readUnsignedMediumLE();
    int next = in.readUnsignedByte();
    if (continued && next != ((sequence + 1) & 0xFF)) {
      state = State.BROKEN;
      dropJoined();
      out.add(new Inbound.OutOfOrder(next));
      return;
    }
    sequence = next;
    lastFrame = length < FRAME_PAYLOAD_MAX;
    continued = !lastFrame;
    packetBytes += length;
    skipBytes = length;
    if (packetBytes > payloadBytesMax) {
      dropJoined();
      state = State.SKIPPED;
      skip(in, out);
    } else {
      state = State.PAYLOAD;
      readPayload(context, in, out);
    }
  }

  private void readPayload(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < skipBytes) {
      return;
    }
    ByteBuf payload = in.readRetainedSlice((int) skipBytes);
    state = State.HEADER;
    if (lastFrame && joined == null) {
      packetBytes = 0;
      out.add(new Inbound.Packet(sequence, payload));
      return;
    }
    if (joined == null) {
      joined = context.alloc().compositeBuffer(Integer.MAX_VALUE);
    }
    joined.addComponent(true, payload);
    if (lastFrame) {
      packetBytes = 0;
      out.add(new Inbound.Packet(sequence, joined));
      joined = null;
    }
  }

  private void skip(ByteBuf in, List<Object> out) {
    int here = (int) Math.min(skipBytes, in.readableBytes());
    in.skipBytes(here);
    skipBytes -= here;
    if (skipBytes > 0) {
      return;
    }
    state = State.HEADER;
    if (lastFrame) {
      out.add(new Inbound.TooLarge(sequence, packetBytes));
      packetBytes = 0;
    }
  }

  private void dropJoined() {
    if (joined != null) {
      joined.release();
      joined = null;
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    dropJoined();
  }
}
