package io.terrane.meta.settings;

import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.Change;
import io.terrane.meta.store.ClusterSettings;
import io.terrane.meta.store.MetadataEdit;
import java.util.concurrent.CompletableFuture;

/**
 * Switches maintenance mode, in one step.
 *
 * <p>State: {@code on}.
 */
public record MaintenanceModeProcedure(boolean on) implements Procedure {
  public static final String TYPE = "metasrv-procedure::MaintenanceMode";

  public static Procedure of(ProcedureRequest.SetMaintenanceMode request) {
    return new MaintenanceModeProcedure(request.on());
  }

  public static Procedure load(JsonNode node) {
    return new MaintenanceModeProcedure(truth(node, "on"));
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String step() {
    return "Switch";
  }

  @Override
  public LockKeys lockKeys() {
    return LockKeys.NONE;
  }

  @Override
  public ObjectNode state() {
    return object().put("on", on);
  }

  @Override
  public CompletableFuture<Transition> next() {
    return CompletableFuture.completedFuture(
        Transition.done(
            image ->
                MetadataEdit.of(
                    new Change.PutSettings(new ClusterSettings(on, image.settings().drained())))));
  }
}
