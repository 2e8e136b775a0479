package io.terrane.datanode.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was encoded comes back, whatever form it took. */
class ColumnEncoderTest {
  private static final int ROWS = 1_000;

  private final BufferAllocator allocator = new RootAllocator();
  private final SplittableRandom random = new SplittableRandom(7);

  @AfterEach
  void nothingIsHeld() {
    allocator.close();
  }

  @Test
  void fewValuesGetADictionary() {
    assertThat(form(StoredForm.DICTIONARY, 3, batch -> longs(20))).isEqualTo(StoredForm.DICTIONARY);
    assertThat(form(StoredForm.DICTIONARY, 3, batch -> doubles(20)))
        .isEqualTo(StoredForm.DICTIONARY);
    assertThat(form(StoredForm.DICTIONARY, 3, batch -> ints(20))).isEqualTo(StoredForm.DICTIONARY);
    assertThat(form(StoredForm.DICTIONARY, 3, batch -> texts(20, 6)))
        .isEqualTo(StoredForm.DICTIONARY);
  }

  @Test
  void columnsOfNullsAndEmptyOnesDo() {
    assertThat(form(StoredForm.DICTIONARY, 2, batch -> nulls(batch == 0 ? ROWS : 0)))
        .isEqualTo(StoredForm.DICTIONARY);
    assertThat(form(StoredForm.DICTIONARY, 1, batch -> nulls(ROWS)))
        .isEqualTo(StoredForm.DICTIONARY);
  }

  @Test
  void manyValuesAndBitsAreStoredAsTheyAre() {
    assertThat(form(StoredForm.DICTIONARY, 2, batch -> longs(1 << 30))).isEqualTo(StoredForm.PLAIN);
    assertThat(form(StoredForm.DICTIONARY, 2, batch -> texts(1 << 30, 6)))
        .isEqualTo(StoredForm.PLAIN);
    assertThat(form(StoredForm.DICTIONARY, 2, batch -> bits())).isEqualTo(StoredForm.PLAIN);
  }

  @Test
  void aDictionaryThatGrowsTooLargeIsGivenUpForAllBatches() {
    assertThat(form(StoredForm.DICTIONARY, 45, batch -> longs(batch == 0 ? 20 : 1 << 30)))
        .isEqualTo(StoredForm.PLAIN);
    assertThat(form(StoredForm.DICTIONARY, 3, batch -> texts(batch == 0 ? 20 : 1 << 30, 600)))
        .isEqualTo(StoredForm.PLAIN);
  }

  @Test
  void differencesAreAddedUpAgain() {
    assertThat(form(StoredForm.DIFFERENCES, 3, batch -> sequences()))
        .isEqualTo(StoredForm.DIFFERENCES);
  }

  /** Encodes and decodes batches, and gives the form that came out. */
  private StoredForm form(StoredForm preferred, int count, IntFunction<FieldVector> batches) {
    List<FieldVector> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      vectors.add(batches.apply(i));
    }
    Field plain = vectors.get(0).getField();
    try (ColumnEncoder encoder = new ColumnEncoder(plain, preferred, count % 2, allocator)) {
      vectors.forEach(encoder::add);
      Optional<DictionaryValues> dictionary =
          encoder.dictionary().map(values -> dictionary(plain, values));
      Field stored = encoder.field(3);
      StoredForm form = StoredForm.of(stored);
      assertThat(stored.getType()).isEqualTo(plain.getType());
      ColumnDecoder decoder = new ColumnDecoder(form, dictionary);
      for (int i = 0; i < count; i++) {
        EncodedColumn column = encoder.batches().get(i);
        try (FieldVector back = plain.createVector(allocator)) {
          decoder.decode(column.rows(), column.nulls(), column.buffers(), back);
          assertThat(values(back)).isEqualTo(values(vectors.get(i)));
          assertThat(back.getNullCount()).isEqualTo(vectors.get(i).getNullCount());
        }
      }
      return form;
    } finally {
      vectors.forEach(FieldVector::close);
    }
  }

  private DictionaryValues dictionary(Field plain, EncodedColumn values) {
    try (FieldVector vector = plain.createVector(allocator)) {
      new ColumnDecoder(StoredForm.PLAIN, Optional.empty())
          .decode(values.rows(), values.nulls(), values.buffers(), vector);
      return DictionaryValues.of(vector);
    }
  }

  private static List<Object> values(FieldVector vector) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < vector.getValueCount(); i++) {
      values.add(vector.getObject(i));
    }
    return values;
  }

  private boolean isNull() {
    return random.nextInt(5) == 0;
  }

  private FieldVector longs(int different) {
    BigIntVector vector = new BigIntVector("x", allocator);
    for (int i = 0; i < ROWS; i++) {
      if (!isNull()) {
        vector.setSafe(i, random.nextInt(different) * 1_000_003L);
      }
    }
    vector.setValueCount(ROWS);
    return vector;
  }

  private FieldVector ints(int different) {
    IntVector vector = new IntVector("x", allocator);
    for (int i = 0; i < ROWS; i++) {
      if (!isNull()) {
        vector.setSafe(i, -random.nextInt(different));
      }
    }
    vector.setValueCount(ROWS);
    return vector;
  }

  private FieldVector doubles(int different) {
    Float8Vector vector = new Float8Vector("x", allocator);
    double[] odd = {0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY};
    for (int i = 0; i < ROWS; i++) {
      int value = random.nextInt(different);
      vector.setSafe(i, value < odd.length ? odd[value] : value / 7.0);
    }
    vector.setValueCount(ROWS);
    return vector;
  }

  private FieldVector texts(int different, int length) {
    VarCharVector vector = new VarCharVector("x", allocator);
    for (int i = 0; i < ROWS; i++) {
      if (!isNull()) {
        int value = random.nextInt(different);
        String text = value == 0 ? "" : Integer.toString(value) + "é".repeat(length);
        vector.setSafe(i, text.getBytes(StandardCharsets.UTF_8));
      }
    }
    vector.setValueCount(ROWS);
    return vector;
  }

  private FieldVector nulls(int rows) {
    BigIntVector vector = new BigIntVector("x", allocator);
    vector.allocateNew(Math.max(1, rows));
    vector.setValueCount(rows);
    return vector;
  }

  private FieldVector bits() {
    BitVector vector = new BitVector("x", allocator);
    for (int i = 0; i < ROWS; i++) {
      if (!isNull()) {
        vector.setSafe(i, random.nextInt(2));
      }
    }
    vector.setValueCount(ROWS);
    return vector;
  }

  private FieldVector sequences() {
    UInt8Vector vector = new UInt8Vector("x", allocator);
    for (int i = 0; i < ROWS; i++) {
      vector.setSafe(i, random.nextLong());
    }
    vector.setValueCount(ROWS);
    return vector;
  }
}
