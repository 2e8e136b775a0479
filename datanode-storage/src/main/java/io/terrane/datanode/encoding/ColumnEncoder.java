package io.terrane.datanode.encoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Encodes one column of a file, batch by batch, and holds it until the file is put together. The
 * first batch decides whether the column gets a dictionary; if that grows too large later on, what
 * was encoded with it is done again without. Not thread-safe.
 */
public final class ColumnEncoder implements AutoCloseable {
  /** A dictionary must have so many times fewer values than the first batch has rows. */
  private static final int ROWS_PER_VALUE_MIN = 4;

  private final Field plain;
  private final ZstdCodec codec;
  private final BufferAllocator allocator;
  private final List<EncodedColumn> batches = new ArrayList<>();
  private StoredForm form;
  private Optional<DistinctValues> values = Optional.empty();
  private Optional<EncodedColumn> dictionary = Optional.empty();

  /**
   * @param preferred the form to begin with; columns of few rows or many values do without a
   *     dictionary
   * @param fileLevel 0 for a flush, 1 for a merge
   */
  public ColumnEncoder(
      Field plain, StoredForm preferred, int fileLevel, BufferAllocator allocator) {
    this.plain = plain;
    this.form = preferred;
    this.codec = ZstdCodec.ofFile(fileLevel);
    this.allocator = allocator;
  }

  /**
   * Encodes the column of one more batch; the vector stays the caller's.
   *
   * @return bytes that it takes
   */
  public long add(FieldVector vector) {
    switch (form) {
      case PLAIN -> addPlain(vector);
      case DIFFERENCES -> addDifferences((UInt8Vector) vector);
      case DICTIONARY -> addNumbers(vector);
    }
    return batches.get(batches.size() - 1).bytes();
  }

  private void addPlain(FieldVector vector) {
    batches.add(EncodedColumn.of(vector, codec, allocator));
  }

  private void addDifferences(UInt8Vector vector) {
    int rows = vector.getValueCount();
    try (UInt8Vector differences = new UInt8Vector(plain, allocator)) {
      differences.allocateNew(Math.max(1, rows));
      vector.getDataBuffer().checkBytes(0, (long) rows * Long.BYTES);
      long from = vector.getDataBufferAddress();
      long to = differences.getDataBufferAddress();
      long before = 0;
      for (int row = 0; row < rows; row++) {
        long value = MemoryUtil.getLong(from + (long) row * Long.BYTES);
        MemoryUtil.putLong(to + (long) row * Long.BYTES, value - before);
        before = value;
        differences.setIndexDefined(row);
      }
      differences.setValueCount(rows);
      addPlain(differences);
    }
  }

  private void addNumbers(FieldVector vector) {
    boolean isFirst = batches.isEmpty();
    if (isFirst) {
      values = DistinctValues.of(vector);
    }
    Optional<SmallIntVector> numbered = values.flatMap(known -> known.number(vector, allocator));
    try (SmallIntVector numbers = numbered.orElse(null)) {
      boolean isWorthIt =
          numbers != null
              && (!isFirst || values.get().count() <= vector.getValueCount() / ROWS_PER_VALUE_MIN);
      if (isWorthIt) {
        addPlain(numbers);
        return;
      }
    }
    giveUpDictionary();
    addPlain(vector);
  }

  /** What was encoded so far has numbers of values that are all known still. */
  private void giveUpDictionary() {
    form = StoredForm.PLAIN;
    if (!batches.isEmpty()) {
      List<EncodedColumn> numbered = List.copyOf(batches);
      batches.clear();
      ColumnDecoder decoder =
          new ColumnDecoder(StoredForm.DICTIONARY, Optional.of(copy(values.orElseThrow())));
      try {
        for (EncodedColumn column : numbered) {
          try (FieldVector vector = plain.createVector(allocator)) {
            decoder.decode(column.rows(), column.nulls(), column.buffers(), vector);
            addPlain(vector);
          }
        }
      } finally {
        numbered.forEach(EncodedColumn::close);
      }
    }
    values = Optional.empty();
  }

  private DictionaryValues copy(DistinctValues known) {
    try (FieldVector vector = plain.createVector(allocator)) {
      known.write(vector);
      return DictionaryValues.of(vector);
    }
  }

  /** The column of each batch; they stay the encoder's. */
  public List<EncodedColumn> batches() {
    return List.copyOf(batches);
  }

  /** The dictionary, if there is one; to be asked once all batches are there. */
  public Optional<EncodedColumn> dictionary() {
    if (form == StoredForm.DICTIONARY && dictionary.isEmpty()) {
      try (FieldVector vector = plain.createVector(allocator)) {
        values.ifPresent(known -> known.write(vector));
        dictionary = Optional.of(EncodedColumn.of(vector, codec, allocator));
      }
    }
    return dictionary;
  }

  /**
   * The column's field in the file's schema.
   *
   * @param number of its dictionary, if there is one
   */
  public Field field(long number) {
    return form.field(plain, number);
  }

  @Override
  public void close() {
    batches.forEach(EncodedColumn::close);
    batches.clear();
    dictionary.ifPresent(EncodedColumn::close);
    dictionary = Optional.empty();
  }
}
