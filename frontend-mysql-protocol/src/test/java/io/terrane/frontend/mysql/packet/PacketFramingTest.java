package io.terrane.frontend.mysql.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.terrane.api.error.TerraneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketFramingTest {
  private static final int FRAME = PacketDecoder.FRAME_PAYLOAD_MAX;

  private static List<ByteBuf> encode(int firstSequence, byte[]... payloads) {
    List<ByteBuf> chunks = new ArrayList<>();
    try (PacketEncoder encoder = new PacketEncoder(UnpooledByteBufAllocator.DEFAULT, chunks::add)) {
      encoder.startAt(firstSequence);
      for (byte[] payload : payloads) {
        encoder.begin().writeBytes(payload);
        encoder.end();
      }
      encoder.flush();
    }
    return chunks;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 2 * FRAME + 7})
  void whatIsEncodedIsDecoded(int length) {
    byte[] payload = new byte[length];
    new Random(length).nextBytes(payload);
    EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder(3 * FRAME));
    encode(0, payload, new byte[] {7}).forEach(channel::writeInbound);
    Inbound.Packet first = channel.readInbound();
    byte[] decoded = new byte[first.size()];
    first.payload().readBytes(decoded);
    assertThat(decoded).isEqualTo(payload);
    assertThat(first.sequence()).isEqualTo(length / FRAME);
    first.release();
    Inbound.Packet second = channel.readInbound();
    assertThat(second.sequence()).isEqualTo(length / FRAME + 1);
    second.release();
    channel.finishAndReleaseAll();
  }

  @Test
  void packetsMayArriveByteByByte() {
    EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder(1000));
    for (ByteBuf chunk : encode(255, new byte[300], new byte[0])) {
      while (chunk.isReadable()) {
        channel.writeInbound(chunk.readRetainedSlice(1));
      }
      chunk.release();
    }
    Inbound.Packet first = channel.readInbound();
    assertThat(first.size()).isEqualTo(300);
    assertThat(first.sequence()).isEqualTo(255);
    first.release();
    Inbound.Packet second = channel.readInbound();
    assertThat(second.sequence()).isZero();
    second.release();
    channel.finishAndReleaseAll();
  }

  @Test
  void tooLargePacketsArePassedOver() {
    EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder(FRAME + 10));
    encode(0, new byte[FRAME + 11], new byte[5]).forEach(channel::writeInbound);
    assertThat(channel.<Inbound>readInbound()).isEqualTo(new Inbound.TooLarge(1, FRAME + 11));
    Inbound.Packet next = channel.readInbound();
    assertThat(next.size()).isEqualTo(5);
    next.release();
    channel.finishAndReleaseAll();
  }

  @Test
  void framesMustFollowEachOther() {
    EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder(3 * FRAME));
    ByteBuf frames = Unpooled.buffer();
    frames.writeMediumLE(FRAME).writeByte(0).writeZero(FRAME);
    frames.writeMediumLE(1).writeByte(2).writeByte(0);
    channel.writeInbound(frames);
    assertThat(channel.<Inbound>readInbound()).isEqualTo(new Inbound.OutOfOrder(2));
    channel.finishAndReleaseAll();
  }

  @Test
  void abandonedPayloadsLeaveNothing() {
    List<ByteBuf> chunks = new ArrayList<>();
    try (PacketEncoder encoder = new PacketEncoder(UnpooledByteBufAllocator.DEFAULT, chunks::add)) {
      encoder.startAt(1);
      encoder.begin().writeString("half of it");
      encoder.abandon();
      encoder.begin().writeString("whole");
      encoder.end();
      encoder.begin().writeString("half");
      encoder.flush();
    }
    assertThat(chunks).hasSize(1);
    assertThat(chunks.get(0).readableBytes()).isEqualTo(4 + 5);
    assertThat(chunks.get(0).getByte(3)).isEqualTo((byte) 1);
    chunks.get(0).release();
  }

  @Test
  void lengthsAreReadAsWritten() {
    for (long value : new long[] {0, 250, 251, 65_535, 65_536, 0xFF_FFFF, 0x100_0000, -1}) {
      ByteBuf buffer = Unpooled.buffer();
      PayloadWriter writer = new PayloadWriter().writeLength(value);
      writer.copyTo(buffer, 0, writer.size());
      assertThat(new PayloadReader(buffer).readLength()).isEqualTo(value);
    }
  }

  @Test
  void shortPayloadsAreMalformed() {
    PayloadReader reader =
        new PayloadReader(Unpooled.wrappedBuffer(new byte[] {(byte) 0xFE, 1, 0, 0}));
    assertThatThrownBy(reader::readLength)
        .isInstanceOf(TerraneException.class)
        .hasMessage("Malformed communication packet: it ends 5 bytes early");
    PayloadReader huge =
        new PayloadReader(
            Unpooled.wrappedBuffer(new byte[] {(byte) 0xFE, -1, -1, -1, -1, -1, -1, -1, -1}));
    assertThatThrownBy(huge::readLengthBytes).isInstanceOf(TerraneException.class);
  }
}
