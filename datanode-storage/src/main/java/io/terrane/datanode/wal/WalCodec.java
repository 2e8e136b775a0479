package io.terrane.datanode.wal;

import com.github.luben.zstd.Zstd;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.StoredColumn;
import io.terrane.log.LogEntry;
import io.terrane.log.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** WAL records to bytes and back; the format is in the package description. Thread-safe. */
public final class WalCodec {
  /** A record's plain Arrow bytes may not claim more; guards the decoder against nonsense. */
  static final int PLAIN_BYTES_MAX = 1 << 30;

  private static final int COMPRESSION_LEVEL = 1;
  private static final int CRC_BYTES = 4;

  /** More than the head of a batch takes unless it has very many columns. */
  private static final int BATCH_HEAD_BYTES = 8192;

  private final Supplier<RegionSchema> schema;

  /** That of the last record. */
  private volatile SchemaMessage message;

  /**
   * @param schema the region's present one
   */
  public WalCodec(Supplier<RegionSchema> schema) {
    this.schema = schema;
  }

  /** {@code rows} has the schema's row layout; its sequences must follow the header's. */
  public LogRecord encode(WalHeader header, VectorSchemaRoot rows) {
    PlainBytes plain = arrowBytes(rows);
    byte[] compressed = new byte[Math.toIntExact(Zstd.compressBound(plain.size()))];
    long length =
        Zstd.compressByteArray(
            compressed, 0, compressed.length, plain.array(), 0, plain.size(), COMPRESSION_LEVEL);
    if (Zstd.isError(length)) {
      throw new TerraneException(
          ErrorCode.INTERNAL, "zstd cannot compress: " + Zstd.getErrorName(length));
    }
    ByteBuffer value = ByteBuffer.allocate(4 + (int) length + CRC_BYTES);
    value.putInt(plain.size()).put(compressed, 0, (int) length);
    return record(header, value);
  }

  public LogRecord encodeFence(WalHeader header) {
    return record(header, ByteBuffer.allocate(CRC_BYTES));
  }

  private static LogRecord record(WalHeader header, ByteBuffer value) {
    Map<String, byte[]> headers = header.encode();
    value.putInt(value.capacity() - CRC_BYTES, crc(headers, value.array()));
    return new LogRecord(headers, value.array());
  }

  /** A CORRUPTED if the headers or the value are not what was written. */
  static void check(RegionId region, LogEntry entry) {
    LogRecord record = entry.record();
    byte[] value = record.value();
    if (!WalHeader.areComplete(record.headers())
        || value.length < CRC_BYTES
        || ByteBuffer.wrap(value).getInt(value.length - CRC_BYTES)
            != crc(record.headers(), value)) {
      throw new TerraneException(
          ErrorCode.CORRUPTED,
          "WAL record of region "
              + region
              + " at position "
              + entry.position()
              + " is corrupted: checksum does not match");
    }
  }

  /** The rows of a checked record, sequences included; the caller closes them. */
  VectorSchemaRoot decode(WalHeader header, LogRecord record, BufferAllocator allocator) {
    ByteBuffer value = ByteBuffer.wrap(record.value(), 0, record.value().length - CRC_BYTES);
    int plainLength = value.getInt();
    if (plainLength < 0 || plainLength > PLAIN_BYTES_MAX) {
      throw corrupted(header, "claims " + plainLength + " plain bytes", null);
    }
    byte[] compressed = new byte[value.remaining()];
    value.get(compressed);
    byte[] plain = Zstd.decompress(compressed, plainLength);
    try (ArrowStreamReader reader =
        new ArrowStreamReader(new ByteArrayInputStream(plain), allocator)) {
      if (!reader.loadNextBatch()) {
        throw corrupted(header, "has no batch", null);
      }
      return withSequences(header, reader.getVectorSchemaRoot(), allocator);
    } catch (IOException e) {
      throw corrupted(header, "cannot be read", e);
    }
  }

  private VectorSchemaRoot withSequences(
      WalHeader header, VectorSchemaRoot read, BufferAllocator allocator) {
    if (read.getRowCount() != header.rows()) {
      throw corrupted(header, "has " + read.getRowCount() + " rows", null);
    }
    RegionSchema present = schema.get();
    VectorSchemaRoot rows = VectorSchemaRoot.create(present.rowSchema(), allocator);
    try {
      StoredColumn.moveAll(read, present, rows);
      fillSequences((UInt8Vector) rows.getVector(present.sequenceIndex()), header);
      rows.setRowCount(header.rows());
      return rows;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static void fillSequences(UInt8Vector target, WalHeader header) {
    target.allocateNew(Math.max(1, header.rows()));
    IntStream.range(0, header.rows()).forEach(row -> target.set(row, header.sequence() + 1 + row));
    target.setValueCount(header.rows());
  }

  /** An IPC stream of one batch: what {@code ArrowStreamWriter} writes. */
  private PlainBytes arrowBytes(VectorSchemaRoot rows) {
    List<FieldVector> vectors = new ArrayList<>(rows.getFieldVectors());
    RegionSchema present = schema.get();
    vectors.remove(present.sequenceIndex());
    VectorSchemaRoot view = new VectorSchemaRoot(vectors); // borrows: not closed
    view.setRowCount(rows.getRowCount());
    PlainBytes bytes = new PlainBytes();
    WriteChannel channel = new WriteChannel(bytes);
    VectorUnloader unloader =
        new VectorUnloader(view, true, NoCompressionCodec.INSTANCE, /* alignBuffers= */ true);
    try (ArrowRecordBatch batch = unloader.getRecordBatch()) {
      byte[] head = schemaMessage(present, view.getSchema());
      bytes.ensureRoom(head.length + batch.computeBodyLength() + BATCH_HEAD_BYTES);
      channel.write(head);
      MessageSerializer.serialize(channel, batch, IpcOption.DEFAULT);
      channel.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
      channel.writeIntLittleEndian(0);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes;
  }

  /** The schema as a message; the same for all records as long as the schema stays. */
  private byte[] schemaMessage(RegionSchema present, Schema written) throws IOException {
    SchemaMessage known = message;
    if (known == null || known.schema() != present) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      MessageSerializer.serialize(
          new WriteChannel(Channels.newChannel(bytes)), written, IpcOption.DEFAULT);
      known = new SchemaMessage(present, bytes.toByteArray());
      message = known;
    }
    return known.bytes();
  }

  private record SchemaMessage(RegionSchema schema, byte[] bytes) {}

  private static int crc(Map<String, byte[]> headers, byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(headers.get(WalHeader.REGION));
    crc.update(headers.get(WalHeader.HEADER));
    crc.update(headers.get(WalHeader.WRITES));
    crc.update(value, 0, value.length - CRC_BYTES);
    return (int) crc.getValue();
  }

  static TerraneException corrupted(WalHeader header, String what, Throwable cause) {
    return new TerraneException(
        ErrorCode.CORRUPTED,
        "WAL record of region "
            + header.region()
            + " after sequence "
            + header.sequence()
            + ": "
            + what,
        cause);
  }
}
