package io.terrane.frontend.mysql.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.terrane.frontend.mysql.message.Capabilities;
import io.terrane.frontend.mysql.message.HandshakeResponse41;
import java.util.List;

/**
 * Looks at a client's first packet, in front of all other decoders. Is it an SSLRequest, which is a
 * HandshakeResponse41 cut off before the user's name, everything behind it is TLS; if not, it is
 * passed on. In both cases this handler leaves the pipeline.
 *
 * <p>Source: MySQL manual, "Protocol::SSLRequest".
 */
public final class SslRequestDecoder extends ByteToMessageDecoder {
  private static final int HEADER_BYTES = 4;
  private static final int CAPABILITIES_BYTES = 4;

  private final SslContext tls;

  public SslRequestDecoder(SslContext tls) {
    this.tls = tls;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < HEADER_BYTES) {
      return;
    }
    int length = in.getUnsignedMediumLE(in.readerIndex());
    if (length != HandshakeResponse41.PREFIX_BYTES) {
      context.pipeline().remove(this);
      return;
    }
    if (in.readableBytes() < HEADER_BYTES + CAPABILITIES_BYTES) {
      return;
    }
    long flags = in.getUnsignedIntLE(in.readerIndex() + HEADER_BYTES);
    if (!new Capabilities(flags).has(Capabilities.SSL)) {
      context.pipeline().remove(this);
      return;
    }
    if (in.readableBytes() < HEADER_BYTES + length) {
      return;
    }
    in.skipBytes(HEADER_BYTES + length);
    context.pipeline().addAfter(context.name(), null, tls.newHandler(context.alloc()));
    context.pipeline().remove(this);
  }
}
