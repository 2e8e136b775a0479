package io.terrane.datanode.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.datanode.wal.WalPoint;
import io.terrane.objectstore.ObjectKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The bytes of an edit that came after the golden region was written. */
class AdvancedEditFormatTest {
  private static final String BYTES =
      "{\"formatVersion\":1,\"version\":7,\"epoch\":3,\"writer\":\"datanode-1@0\",\"edit\":\"advanced\","
          + "\"flushed\":{\"position\":90,\"epoch\":3,\"sequence\":12},"
          + "\"replay\":{\"position\":80,\"epoch\":2,\"sequence\":10}}\n";

  @Test
  void isWrittenAndReadLikeThis() {
    ManifestCodec codec = new ManifestCodec();
    ManifestCodec.Stamped edit =
        new ManifestCodec.Stamped(
            7,
            3,
            "datanode-1@0",
            new ManifestEdit.Advanced(new WalPoint(90, 3, 12), new WalPoint(80, 2, 10)));
    byte[] bytes = codec.encodeEdit(edit);
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(text).startsWith(BYTES).hasSize(BYTES.length() + 8);
    assertThat(codec.decodeEdit(ObjectKey.of("edit"), bytes)).isEqualTo(edit);
  }
}
