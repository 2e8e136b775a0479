package io.terrane.api.procedure;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.Objects;
import java.util.UUID;

/** A procedure; clients see the UUID in its usual text form. */
public record ProcedureId(UUID value) implements Comparable<ProcedureId> {
  public ProcedureId {
    Objects.requireNonNull(value, "value");
  }

  /** Reads the usual text form; anything else is an INVALID_ARGUMENT that names it. */
  public static ProcedureId parse(String text) {
    try {
      UUID value = UUID.fromString(text);
      if (value.toString().equalsIgnoreCase(text)) {
        return new ProcedureId(value);
      }
    } catch (IllegalArgumentException malformed) {
      throw malformed(text, malformed);
    }
    throw malformed(text, null);
  }

  private static TerraneException malformed(String text, Throwable cause) {
    return new TerraneException(
        ErrorCode.INVALID_ARGUMENT, "Invalid procedure id: '" + text + "' is not a UUID", cause);
  }

  @Override
  public int compareTo(ProcedureId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
