package io.terrane.meta.store;

import java.util.List;
import java.util.Objects;

/**
 * Edits that were committed together: one record of the log. Each edit stands for itself.
 *
 * @param writer a name no other writer has
 * @param sequence grows with each batch of the writer; writer, sequence and the edit's place in the
 *     batch are the edit's id
 */
public record MetadataBatch(String writer, long sequence, List<MetadataEdit> edits) {
  public MetadataBatch {
    Objects.requireNonNull(writer, "writer");
    edits = List.copyOf(edits);
  }
}
