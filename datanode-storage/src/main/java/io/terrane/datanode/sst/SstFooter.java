package io.terrane.datanode.sst;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.datanode.encoding.ColumnDecoder;
import io.terrane.datanode.encoding.DictionaryValues;
import io.terrane.datanode.encoding.StoredForm;
import io.terrane.datanode.encoding.ZstdCodec;
import io.terrane.objectstore.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The end of a file: its schema, where its columns lie, their statistics and dictionaries. The
 * dictionaries are kept as they are stored. Immutable, cached.
 */
final class SstFooter {
  /** Footer length and the closing magic, "ARROW1". */
  private static final int TRAILER_BYTES = 4 + 6;

  private final Schema schema;
  private final List<BatchMeta> batches;

  /** The message of each dictionary, in the order of the columns that have one. */
  private final List<byte[]> dictionaries;

  private SstFooter(Schema schema, List<BatchMeta> batches, List<byte[]> dictionaries) {
    this.schema = schema;
    this.batches = List.copyOf(batches);
    this.dictionaries = dictionaries;
  }

  /**
   * @param bytes of the file from {@code offset} on, where the dictionaries begin, to its end
   */
  static SstFooter parse(ObjectKey file, long offset, byte[] bytes) {
    int end = bytes.length - TRAILER_BYTES;
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    byte[] flatbuffer = Arrays.copyOfRange(bytes, end - length, end);
    ArrowFooter footer = new ArrowFooter(Footer.getRootAsFooter(ByteBuffer.wrap(flatbuffer)));
    try {
      List<BatchMeta> batches =
          FooterJson.read(file, footer.getMetaData().get(FooterJson.KEY), footer.getSchema());
      List<byte[]> dictionaries = new ArrayList<>();
      for (ArrowBlock block : footer.getDictionaries()) {
        int from = Math.toIntExact(block.getOffset() - offset);
        int to = Math.toIntExact(from + block.getMetadataLength() + block.getBodyLength());
        dictionaries.add(Arrays.copyOfRange(bytes, from, to));
      }
      return new SstFooter(footer.getSchema(), batches, dictionaries);
    } catch (JsonProcessingException e) {
      throw new TerraneException(
          ErrorCode.CORRUPTED, "file " + file + " has unreadable statistics", e);
    }
  }

  Schema schema() {
    return schema;
  }

  List<BatchMeta> batches() {
    return batches;
  }

  /** What reads a column. */
  ColumnDecoder decoder(int column, BufferAllocator allocator) {
    Field field = schema.getFields().get(column);
    StoredForm form = StoredForm.of(field);
    return new ColumnDecoder(
        form,
        form == StoredForm.DICTIONARY
            ? Optional.of(dictionary(column, field, allocator))
            : Optional.empty());
  }

  private DictionaryValues dictionary(int column, Field field, BufferAllocator allocator) {
    long before =
        schema.getFields().subList(0, column).stream()
            .filter(other -> other.getDictionary() != null)
            .count();
    ReadChannel channel =
        new ReadChannel(
            Channels.newChannel(
                new ByteArrayInputStream(dictionaries.get(Math.toIntExact(before)))));
    Field values = new Field(field.getName(), withoutDictionary(field), List.of());
    try (ArrowDictionaryBatch batch =
            MessageSerializer.deserializeDictionaryBatch(channel, allocator);
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of(values)), allocator)) {
      new VectorLoader(root, ZstdCodec.FACTORY).load(batch.getDictionary());
      FieldVector vector = root.getVector(0);
      return DictionaryValues.of(vector);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private static FieldType withoutDictionary(Field field) {
    return new FieldType(field.isNullable(), field.getType(), null);
  }
}
