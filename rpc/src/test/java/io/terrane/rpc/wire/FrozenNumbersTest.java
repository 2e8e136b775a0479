package io.terrane.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.terrane.rpc.channel.Verb;
import io.terrane.rpc.proto.CatalogProto;
import io.terrane.rpc.proto.ErrorProto;
import io.terrane.rpc.proto.FragmentProto;
import io.terrane.rpc.proto.NodeProto;
import io.terrane.rpc.proto.ProcedureProto;
import io.terrane.rpc.proto.RegionProto;
import io.terrane.rpc.proto.TableProto;
import io.terrane.rpc.proto.TimeProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Nodes of different versions talk to each other: a field's number, name and type do not change,
 * and a number is not used again. New lines may be added to the golden file, none may change.
 */
class FrozenNumbersTest {

  private static final List<FileDescriptor> FILES =
      List.of(
          CatalogProto.getDescriptor(),
          ErrorProto.getDescriptor(),
          FragmentProto.getDescriptor(),
          NodeProto.getDescriptor(),
          ProcedureProto.getDescriptor(),
          RegionProto.getDescriptor(),
          TableProto.getDescriptor(),
          TimeProto.getDescriptor());

  @Test
  void fieldsAndVerbsAreAsInTheGoldenFile() throws IOException {
    List<String> lines = new ArrayList<>();
    FILES.forEach(file -> file.getMessageTypes().forEach(message -> describe(message, lines)));
    for (Verb verb : Verb.values()) {
      lines.add("verb " + verb.wireName());
    }
    assertThat(lines).containsExactlyInAnyOrderElementsOf(golden());
  }

  private static void describe(Descriptor message, List<String> lines) {
    for (FieldDescriptor field : message.getFields()) {
      lines.add(field.getFullName() + " = " + field.getNumber() + " " + type(field));
    }
    message.getNestedTypes().forEach(nested -> describe(nested, lines));
  }

  private static String type(FieldDescriptor field) {
    String type =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            ? field.getMessageType().getFullName()
            : field.getType().name().toLowerCase(Locale.ROOT);
    return field.isRepeated() ? "repeated " + type : type;
  }

  private static List<String> golden() throws IOException {
    try (InputStream file = FrozenNumbersTest.class.getResourceAsStream("/golden/wire.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
