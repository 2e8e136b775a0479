package io.terrane.frontend.mysql.message;

import io.netty.buffer.Unpooled;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.packet.PayloadWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What drivers tell of themselves: a length in bytes, then names and values in turn. */
final class ConnectAttributes {
  private ConnectAttributes() {}

  static Map<String, String> read(PayloadReader in) {
    PayloadReader block = new PayloadReader(Unpooled.wrappedBuffer(in.readLengthBytes()));
    Map<String, String> attributes = new LinkedHashMap<>();
    while (!block.isExhausted()) {
      String name = block.readLengthString();
      attributes.put(name, block.readLengthString());
    }
    return attributes;
  }

  static void write(Map<String, String> attributes, PayloadWriter out) {
    PayloadWriter entries = new PayloadWriter();
    attributes.forEach((name, value) -> entries.writeLengthString(name).writeLengthString(value));
    out.writeLength(entries.size()).writeBytes(entries);
  }
}
