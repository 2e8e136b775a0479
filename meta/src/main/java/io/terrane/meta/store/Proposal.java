package io.terrane.meta.store;

import java.util.Objects;

/** An edit, and what its author wants to know once it has taken effect. */
public record Proposal<R>(MetadataEdit edit, R result) {
  public Proposal {
    Objects.requireNonNull(edit, "edit");
  }
}
