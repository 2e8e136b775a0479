package io.terrane.meta.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.store.MetadataJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stored states of a migration are read and written as they always were. */
class MigrationStateFormatTest {
  @Test
  void everyStateKeepsItsForm() throws IOException {
    List<String> steps = new ArrayList<>();
    try (InputStream in = getClass().getResourceAsStream("/golden/region-migration-v1.json")) {
      for (JsonNode stored : MetadataJson.parse(in.readAllBytes())) {
        Procedure procedure = RegionMigration.load(null, stored);
        assertThat(procedure.state()).hasToString(stored.toString());
        steps.add(procedure.step());
      }
    }
    assertThat(steps)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(MigrationState.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }
}
