package io.terrane.meta.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.store.MetadataJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stored states of the DDL procedures are read and written as they always were. */
class DdlStateFormatTest {
  @Test
  void everyStateKeepsItsForm() throws IOException {
    List<String> steps = new ArrayList<>();
    try (InputStream in = getClass().getResourceAsStream("/golden/ddl-procedures-v1.json")) {
      for (JsonNode stored : MetadataJson.parse(in.readAllBytes())) {
        Procedure procedure = load(stored.get("type").asText(), stored.get("state"));
        assertThat(procedure.state()).hasToString(stored.get("state").toString());
        assertThat(procedure.type()).isEqualTo(stored.get("type").asText());
        steps.add(procedure.type().replace("metasrv-procedure::", "") + " " + procedure.step());
      }
    }
    assertThat(steps)
        .containsExactly(
            "CreateDatabase CreateDatabase",
            "DropDatabase RemoveDatabase",
            "DropDatabase RemoveRegions",
            "CreateTable PlaceRegions",
            "CreateTable CreateRegions",
            "CreateTable DropRegions",
            "DropTable RemoveTable",
            "DropTable RemoveRegions",
            "TruncateTable TruncateRegions",
            "CreateView CreateView",
            "DropView DropView",
            "AlterDatabase AlterDatabase");
  }

  private static Procedure load(String type, JsonNode state) {
    return switch (type) {
      case CreateDatabaseProcedure.TYPE -> CreateDatabaseProcedure.load(null, state);
      case DropDatabaseProcedure.TYPE -> DropDatabaseProcedure.load(null, state);
      case CreateTableProcedure.TYPE -> CreateTableProcedure.load(null, state);
      case DropTableProcedure.TYPE -> DropTableProcedure.load(null, state);
      case TruncateTableProcedure.TYPE -> TruncateTableProcedure.load(null, state);
      case CreateViewProcedure.TYPE -> CreateViewProcedure.load(null, state);
      case AlterDatabaseProcedure.TYPE -> AlterDatabaseProcedure.load(state);
      case DropViewProcedure.TYPE -> DropViewProcedure.load(state);
      default -> throw new AssertionError(type);
    };
  }
}
