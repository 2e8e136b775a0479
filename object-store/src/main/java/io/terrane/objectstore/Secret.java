package io.terrane.objectstore;

import java.util.Objects;

/** A value that is never shown: it prints as {@code ***}. */
public record Secret(String value) {
  public Secret {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return "***";
  }
}
