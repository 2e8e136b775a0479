package io.terrane.meta.store;

import io.terrane.api.node.NodeId;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All metadata after some prefix of the log; immutable, the same on every replica.
 *
 * @param version position after the last entry of the prefix
 * @param catalog its version is the image version at which it last changed
 * @param nextTableId number the next table or view gets
 * @param nextWalTopic counts regions created so far; their topics go round
 * @param nodes every datanode ever seen, in its last known life
 * @param settings what operators have set
 */
public record MetadataImage(
    long version,
    Leadership leadership,
    CatalogSnapshot catalog,
    int nextTableId,
    long nextWalTopic,
    Map<ProcedureId, ProcedureRecord> procedures,
    Map<NodeId, NodeInfo> nodes,
    ClusterSettings settings) {
  /** Before the first entry. */
  public static final MetadataImage EMPTY =
      new MetadataImage(
          0,
          Leadership.NONE,
          CatalogSnapshot.EMPTY,
          TableId.FIRST_USER_TABLE,
          0,
          Map.of(),
          Map.of(),
          ClusterSettings.DEFAULT);

  public MetadataImage {
    Objects.requireNonNull(leadership, "leadership");
    Objects.requireNonNull(catalog, "catalog");
    Objects.requireNonNull(settings, "settings");
    // Not copied: a draft gives its maps away, and images share what did not change.
    procedures = Collections.unmodifiableMap(procedures);
    nodes = Collections.unmodifiableMap(nodes);
  }

  /** The image after an edit that may or may not hold. */
  MetadataImage after(MetadataEdit edit, long newVersion) {
    if (edit.isEmpty() || !edit.holdsIn(this)) {
      return this;
    }
    ImageDraft draft = new ImageDraft(this);
    edit.changes().forEach(change -> change.applyTo(draft));
    return draft.build(newVersion);
  }

  /** What the log's next entry makes of this image. */
  Applied after(MetadataBatch batch, long newVersion) {
    MetadataImage image = this;
    List<Boolean> effects = new ArrayList<>();
    boolean late = leadership.hasSeen(batch);
    for (MetadataEdit edit : batch.edits()) {
      boolean holds = !late && edit.holdsIn(image);
      effects.add(holds);
      image = holds ? image.after(edit, newVersion) : image;
    }
    return new Applied(batch, effects, image.at(newVersion, batch));
  }

  private MetadataImage at(long newVersion, MetadataBatch batch) {
    Leadership led =
        leadership.writer().equals(batch.writer()) && !leadership.hasSeen(batch)
            ? new Leadership(leadership.term(), leadership.writer(), batch.sequence())
            : leadership;
    return new MetadataImage(
        newVersion, led, catalog, nextTableId, nextWalTopic, procedures, nodes, settings);
  }

  /**
   * An entry's effect.
   *
   * @param effects for each edit of the batch whether it took effect
   */
  record Applied(MetadataBatch batch, List<Boolean> effects, MetadataImage image) {}
}
