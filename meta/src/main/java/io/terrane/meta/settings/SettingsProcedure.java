package io.terrane.meta.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.table.TableInfo;
import io.terrane.meta.membership.FailureDetector;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.Change;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import java.util.concurrent.CompletableFuture;

/**
 * Changes what is set for the cluster, in one step. What follows from it is the supervisor's.
 *
 * <p>State: {@code change} and the fields of that {@link SettingsChange}.
 */
public final class SettingsProcedure implements Procedure {
  public static final String TYPE = "metasrv-procedure::ClusterSettings";

  private final SettingsChange change;

  private SettingsProcedure(SettingsChange change) {
    this.change = change;
  }

  public static Procedure of(ProcedureRequest.SetMaintenanceMode request) {
    return new SettingsProcedure(new SettingsChange.Maintenance(request.on()));
  }

  public static Procedure of(ProcedureRequest.SetDrained request, MetadataImage image) {
    checkKnown(request.node(), image);
    return new SettingsProcedure(new SettingsChange.Drained(request.node(), request.drained()));
  }

  public static Procedure of(ProcedureRequest.SetMigrationLimit request) {
    int max = ProcedureRequest.SetMigrationLimit.REGIONS_AT_ONCE_MAX;
    if (request.regionsAtOnce() < 1 || request.regionsAtOnce() > max) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "the number of regions at once must be between 1 and "
              + max
              + ", not "
              + request.regionsAtOnce());
    }
    if (request.replayBytesPerSecond() < 0) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "the bytes that are replayed per second cannot be negative");
    }
    return new SettingsProcedure(
        new SettingsChange.MovesMax(request.regionsAtOnce(), request.replayBytesPerSecond()));
  }

  public static Procedure of(
      ProcedureRequest.MigrateTable request, MetadataImage image, FailureDetector detector) {
    TableInfo table =
        image
            .catalog()
            .findTable(request.table())
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.TABLE_NOT_FOUND,
                        "Table '" + request.table() + "' doesn't exist"));
    checkKnown(request.to(), image);
    if (!detector.isAlive(request.to())) {
      throw new TerraneException(
          ErrorCode.NODE_NOT_ALIVE,
          "datanode " + request.to() + " is not alive: it sends no heartbeats");
    }
    if (image.settings().drained().contains(request.to())) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "datanode "
              + request.to()
              + " is being drained; undrain_datanode("
              + request.to()
              + ") ends that");
    }
    return new SettingsProcedure(new SettingsChange.TableTarget(table.id(), request.to()));
  }

  public static Procedure load(JsonNode node) {
    return new SettingsProcedure(SettingsChange.read(node));
  }

  private static void checkKnown(NodeId node, MetadataImage image) {
    if (!image.nodes().containsKey(node)) {
      throw new TerraneException(
          ErrorCode.NODE_NOT_FOUND, node + " is no datanode of this cluster");
    }
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String step() {
    return "Set";
  }

  @Override
  public LockKeys lockKeys() {
    return LockKeys.NONE;
  }

  @Override
  public ObjectNode state() {
    return change.write();
  }

  @Override
  public CompletableFuture<Transition> next() {
    return CompletableFuture.completedFuture(
        Transition.done(
            image -> MetadataEdit.of(new Change.PutSettings(change.applyTo(image.settings())))));
  }
}
