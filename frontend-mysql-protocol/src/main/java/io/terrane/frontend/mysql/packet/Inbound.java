package io.terrane.frontend.mysql.packet;

import io.netty.buffer.ByteBuf;

/** What a client sent, joined from as many frames as it took. */
public sealed interface Inbound {
  /** Sequence id of the last frame; the answer goes on from there. */
  int sequence();

  /** Bytes held in memory for it. */
  int size();

  /** Frees what it holds. */
  void release();

  /**
   * A whole packet.
   *
   * @param payload owned by whoever has the packet
   */
  record Packet(int sequence, ByteBuf payload) implements Inbound {
    @Override
    public int size() {
      return payload.readableBytes();
    }

    @Override
    public void release() {
      payload.release();
    }
  }

  /** A packet over the limit, whose bytes were dropped. */
  record TooLarge(int sequence, long bytes) implements Inbound {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public void release() {}
  }

  /** Frames whose sequence ids do not follow each other; the stream cannot be trusted further. */
  record OutOfOrder(int sequence) implements Inbound {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public void release() {}
  }
}
