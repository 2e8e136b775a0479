package io.terrane.api.batch;

/** How many rows a write changed. */
public record AffectedRows(long count) {
  public AffectedRows plus(AffectedRows other) {
    return new AffectedRows(count + other.count);
  }
}
