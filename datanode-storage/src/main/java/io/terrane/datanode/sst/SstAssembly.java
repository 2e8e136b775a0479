package io.terrane.datanode.sst;

import io.terrane.datanode.encoding.ColumnEncoder;
import io.terrane.datanode.encoding.EncodedColumn;
import io.terrane.datanode.encoding.ZstdCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Puts a file together out of encoded columns, in memory. One use; not thread-safe. */
final class SstAssembly {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private final List<ColumnEncoder> columns;
  private final Content content;
  private final WriteChannel out;
  private final List<BatchMeta> batches = new ArrayList<>();
  private final List<ArrowBlock> batchBlocks = new ArrayList<>();
  private final List<ArrowBlock> dictionaryBlocks = new ArrayList<>();
  private int footerOffset;

  /**
   * @param columns in file order, with all their batches; they stay the caller's
   * @param bytes a guess at the file's size
   */
  SstAssembly(List<ColumnEncoder> columns, int bytes) {
    this.columns = columns;
    this.content = new Content(bytes);
    this.out = new WriteChannel(Channels.newChannel(content));
  }

  /**
   * Writes the file.
   *
   * @param ranges of the columns of each batch, in file order
   */
  void write(List<List<ColumnRange>> ranges) throws IOException {
    Schema schema = schema();
    out.write(MAGIC);
    out.align();
    MessageSerializer.serialize(out, schema);
    for (int i = 0; i < ranges.size(); i++) {
      batch(i, ranges.get(i));
    }
    out.align();
    footerOffset = content.size();
    for (int i = 0; i < columns.size(); i++) {
      dictionary(i);
    }
    ArrowStreamWriter.writeEndOfStream(out, IpcOption.DEFAULT);
    Map<String, String> metadata = Map.of(FooterJson.KEY, FooterJson.write(batches));
    int before = content.size();
    out.write(new ArrowFooter(schema, dictionaryBlocks, batchBlocks, metadata), false);
    out.writeIntLittleEndian(content.size() - before);
    out.write(MAGIC);
  }

  private Schema schema() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      // Before the field is asked for, as this is what settles its form.
      columns.get(i).dictionary();
      fields.add(columns.get(i).field(i));
    }
    return new Schema(fields);
  }

  private void batch(int number, List<ColumnRange> ranges) throws IOException {
    List<EncodedColumn> encoded =
        columns.stream().map(column -> column.batches().get(number)).toList();
    int rows = encoded.get(0).rows();
    ArrowBlock block;
    try (ArrowRecordBatch message = message(encoded)) {
      block = MessageSerializer.serialize(out, message);
    }
    batchBlocks.add(block);
    long offset = block.getOffset() + block.getMetadataLength();
    long at = offset;
    List<ColumnChunk> chunks = new ArrayList<>();
    for (int i = 0; i < encoded.size(); i++) {
      List<Integer> buffers = new ArrayList<>();
      int length = 0;
      for (ArrowBuf buffer : encoded.get(i).buffers()) {
        buffers.add(Math.toIntExact(buffer.readableBytes()));
        length += ColumnChunk.aligned(Math.toIntExact(buffer.readableBytes()));
      }
      int crc = content.crc(Math.toIntExact(at), length);
      chunks.add(new ColumnChunk(ranges.get(i), buffers, crc));
      at += length;
    }
    if (at != offset + block.getBodyLength()) {
      throw new IllegalStateException("columns do not lie where they were expected");
    }
    batches.add(new BatchMeta(offset, rows, chunks));
  }

  private void dictionary(int column) throws IOException {
    if (columns.get(column).dictionary().isEmpty()) {
      return;
    }
    EncodedColumn values = columns.get(column).dictionary().get();
    try (ArrowDictionaryBatch message =
        new ArrowDictionaryBatch(column, message(List.of(values)), false)) {
      dictionaryBlocks.add(MessageSerializer.serialize(out, message));
    }
  }

  private static ArrowRecordBatch message(List<EncodedColumn> columns) {
    List<ArrowFieldNode> nodes = new ArrayList<>();
    List<ArrowBuf> buffers = new ArrayList<>();
    for (EncodedColumn column : columns) {
      nodes.add(new ArrowFieldNode(column.rows(), column.nulls()));
      buffers.addAll(column.buffers());
    }
    return new ArrowRecordBatch(columns.get(0).rows(), nodes, buffers, ZstdCodec.BODY);
  }

  /** Where the dictionaries begin, which are read together with the footer. */
  int footerOffset() {
    return footerOffset;
  }

  int size() {
    return content.size();
  }

  int crc(int offset, int length) {
    return content.crc(offset, length);
  }

  byte[] bytes() {
    return content.toByteArray();
  }

  /** What was written, with checksums of its parts. */
  private static final class Content extends ByteArrayOutputStream {
    Content(int bytes) {
      super(bytes);
    }

    synchronized int crc(int offset, int length) {
      CRC32C crc = new CRC32C();
      crc.update(buf, offset, length);
      return (int) crc.getValue();
    }
  }
}
