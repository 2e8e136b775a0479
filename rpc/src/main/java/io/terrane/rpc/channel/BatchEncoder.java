package io.terrane.rpc.channel;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.flight.impl.Flight;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowBuffer;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * A batch as the two messages Flight sends: the IPC metadata as header, and the buffers one after
 * another at the offsets that the metadata names
 * (https://arrow.apache.org/docs/format/Flight.html).
 */
final class BatchEncoder {

  private BatchEncoder() {}

  static Flight.FlightData schema(VectorSchemaRoot rows) {
    return Flight.FlightData.newBuilder()
        .setDataHeader(
            UnsafeByteOperations.unsafeWrap(
                MessageSerializer.serializeMetadata(rows.getSchema(), IpcOption.DEFAULT)))
        .build();
  }

  /** Copies the rows. */
  static Flight.FlightData batch(VectorSchemaRoot rows) {
    try (ArrowRecordBatch batch = new VectorUnloader(rows).getRecordBatch()) {
      ByteBuffer header = MessageSerializer.serializeMetadata(batch, IpcOption.DEFAULT);
      return Flight.FlightData.newBuilder()
          .setDataHeader(ByteString.copyFrom(header))
          .setDataBody(UnsafeByteOperations.unsafeWrap(body(batch)))
          .build();
    }
  }

  private static byte[] body(ArrowRecordBatch batch) {
    byte[] body = new byte[Math.toIntExact(batch.computeBodyLength())];
    List<ArrowBuf> buffers = batch.getBuffers();
    List<ArrowBuffer> layout = batch.getBuffersLayout();
    for (int i = 0; i < buffers.size(); i++) {
      ArrowBuf buffer = buffers.get(i);
      buffer.getBytes(
          buffer.readerIndex(),
          body,
          Math.toIntExact(layout.get(i).getOffset()),
          Math.toIntExact(buffer.readableBytes()));
    }
    return body;
  }
}
