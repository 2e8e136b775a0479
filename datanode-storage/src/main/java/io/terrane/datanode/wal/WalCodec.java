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
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** WAL records to bytes and back; the format is in the package description. Thread-safe. */
public final class WalCodec {
  /** A record's plain Arrow bytes may not claim more; guards the decoder against nonsense. */
  static final int PLAIN_BYTES_MAX = 1 << 30;

  private static final int COMPRESSION_LEVEL = 1;
  private static final int CRC_BYTES = 4;

  private final Supplier<RegionSchema> schema;

  /**
   * @param schema the region's present one
   */
  public WalCodec(Supplier<RegionSchema> schema) {
    this.schema = schema;
  }

  /** {@code rows} has the schema's row layout; its sequences must follow the header's. */
  public LogRecord encode(WalHeader header, VectorSchemaRoot rows) {
    byte[] plain = arrowBytes(rows);
    byte[] compressed = Zstd.compress(plain, COMPRESSION_LEVEL);
    ByteBuffer value = ByteBuffer.allocate(4 + compressed.length + CRC_BYTES);
    value.putInt(plain.length).put(compressed);
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

  private byte[] arrowBytes(VectorSchemaRoot rows) {
    List<FieldVector> vectors = new ArrayList<>(rows.getFieldVectors());
    vectors.remove(schema.get().sequenceIndex());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorSchemaRoot view = new VectorSchemaRoot(vectors); // borrows: not closed
    view.setRowCount(rows.getRowCount());
    ArrowStreamWriter writer = new ArrowStreamWriter(view, null, bytes);
    try {
      writer.writeBatch();
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

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
