package io.terrane.datanode.encoding;

import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** How a file stores a column; said by its field in the file's schema. */
public enum StoredForm {
  /** As it is. */
  PLAIN,
  /** Numbers of the values of an Arrow dictionary. */
  DICTIONARY,
  /**
   * Of UINT64 without NULLs: the first value of a batch, then each value's difference to the one
   * before, modulo 2^64.
   */
  DIFFERENCES;

  /** Field metadata key of what Arrow has no word for. */
  public static final String KEY = "terrane.stored-as";

  private static final String DIFFERENCES_NAME = "differences";

  /** Unsigned numbers are less widely understood. */
  private static final ArrowType.Int INDEX = new ArrowType.Int(Short.SIZE, true);

  public static StoredForm of(Field field) {
    if (field.getDictionary() != null) {
      return DICTIONARY;
    }
    return DIFFERENCES_NAME.equals(field.getMetadata().get(KEY)) ? DIFFERENCES : PLAIN;
  }

  /**
   * The field of a file that stores {@code plain} in this form.
   *
   * @param dictionary the number of its dictionary, if it has one
   */
  Field field(Field plain, long dictionary) {
    Map<String, String> metadata = new HashMap<>(plain.getMetadata());
    DictionaryEncoding encoding = null;
    switch (this) {
      case PLAIN -> {}
      case DICTIONARY -> encoding = new DictionaryEncoding(dictionary, false, INDEX);
      case DIFFERENCES -> metadata.put(KEY, DIFFERENCES_NAME);
    }
    return new Field(
        plain.getName(),
        new FieldType(plain.isNullable(), plain.getType(), encoding, metadata),
        plain.getChildren());
  }
}
