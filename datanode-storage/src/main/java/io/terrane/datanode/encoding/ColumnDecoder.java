package io.terrane.datanode.encoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** Brings a stored column back into the vector that was stored. Immutable. */
public final class ColumnDecoder {
  private final StoredForm form;
  private final Optional<DictionaryValues> dictionary;

  /**
   * @param dictionary of a column that is stored as {@link StoredForm#DICTIONARY}
   */
  public ColumnDecoder(StoredForm form, Optional<DictionaryValues> dictionary) {
    this.form = form;
    this.dictionary = dictionary;
  }

  /**
   * Fills {@code target}, which is of the column's type.
   *
   * @param buffers as they are in the file; they stay the caller's
   */
  public void decode(int rows, int nulls, List<ArrowBuf> buffers, FieldVector target) {
    switch (form) {
      case PLAIN -> load(rows, nulls, buffers, target);
      case DIFFERENCES -> {
        load(rows, nulls, buffers, target);
        sum((UInt8Vector) target, rows);
      }
      case DICTIONARY -> {
        BufferAllocator allocator = target.getAllocator();
        try (SmallIntVector numbers = new SmallIntVector("numbers", allocator)) {
          load(rows, nulls, buffers, numbers);
          dictionary.orElseThrow().fill(numbers, target, allocator);
        }
      }
    }
  }

  /** Decompresses buffers into a vector. */
  private static void load(int rows, int nulls, List<ArrowBuf> buffers, FieldVector target) {
    // Not closed: the vector belongs to the caller.
    VectorSchemaRoot single = VectorSchemaRoot.of(target);
    try (ArrowRecordBatch column =
        new ArrowRecordBatch(
            rows,
            List.of(new ArrowFieldNode(rows, nulls)),
            new ArrayList<>(buffers),
            ZstdCodec.BODY)) {
      new VectorLoader(single, ZstdCodec.FACTORY).load(column);
    }
  }

  private static void sum(UInt8Vector differences, int rows) {
    differences.getDataBuffer().checkBytes(0, (long) rows * Long.BYTES);
    long address = differences.getDataBufferAddress();
    long value = 0;
    for (int row = 0; row < rows; row++) {
      value += MemoryUtil.getLong(address + (long) row * Long.BYTES);
      MemoryUtil.putLong(address + (long) row * Long.BYTES, value);
    }
  }
}
