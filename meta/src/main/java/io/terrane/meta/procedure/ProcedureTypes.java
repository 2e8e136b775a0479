package io.terrane.meta.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.Map;
import java.util.function.Function;

/** Loaders of stored procedure states by type name. */
public final class ProcedureTypes {
  private final Map<String, Function<JsonNode, Procedure>> loaders;

  public ProcedureTypes(Map<String, Function<JsonNode, Procedure>> loaders) {
    this.loaders = Map.copyOf(loaders);
  }

  /** The state again; CORRUPTED if the type is unknown or its state cannot be read. */
  Procedure load(String type, JsonNode state) {
    Function<JsonNode, Procedure> loader = loaders.get(type);
    if (loader == null) {
      throw new TerraneException(ErrorCode.CORRUPTED, "unknown procedure type " + type);
    }
    return loader.apply(state);
  }
}
