package io.terrane.meta.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes that take effect together if, when their turn in the log comes, every requirement holds;
 * else none does, on every replica alike.
 */
public record MetadataEdit(List<Requirement> requirements, List<Change> changes) {
  /** Requires nothing, changes nothing. */
  public static final MetadataEdit NOTHING = new MetadataEdit(List.of(), List.of());

  public MetadataEdit {
    requirements = List.copyOf(requirements);
    changes = List.copyOf(changes);
  }

  public static MetadataEdit of(Change... changes) {
    return new MetadataEdit(List.of(), List.of(changes));
  }

  public MetadataEdit requiring(Requirement requirement) {
    List<Requirement> more = new ArrayList<>(requirements);
    more.add(requirement);
    return new MetadataEdit(more, changes);
  }

  public MetadataEdit and(Change change) {
    List<Change> more = new ArrayList<>(changes);
    more.add(change);
    return new MetadataEdit(requirements, more);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }

  public boolean holdsIn(MetadataImage image) {
    return requirements.stream().allMatch(requirement -> requirement.holdsIn(image));
  }
}
