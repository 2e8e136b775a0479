package io.terrane.meta.migration;

import static io.terrane.meta.store.MetadataJson.instant;
import static io.terrane.meta.store.MetadataJson.number;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.MigrationReason;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.WriteStall;
import io.terrane.api.table.TableName;
import io.terrane.meta.procedure.LockKeys;
import io.terrane.meta.procedure.Procedure;
import io.terrane.meta.procedure.Transition;
import io.terrane.meta.store.MetadataJson;
import io.terrane.meta.store.ProcedureRecord;
import io.terrane.meta.store.RegionClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Moves a region from the datanode that leads it to another.
 *
 * <pre>
 *  route ALIVE at `from`                        route DOWNGRADING                  route ALIVE at `to`
 *  OpenCandidate → FlushLeader → CatchUp ──┃──▶ DowngradeLeader → UpgradeCandidate ──┃──▶ CloseOldLeader → DONE
 *        │              │           │                  │                 │      point of no return
 *        └──────────────┴───────────┴─▶ Abandon        └─────────────────┴─▶ Restore
 *                                          │                                    │
 *                                          ▼                                    ▼
 *                                   FAILED, `from` leads on       FAILED, `from` leads under a higher epoch
 * </pre>
 *
 * <p>Where it was asked for, Verify stands behind UpgradeCandidate.
 *
 * <p>Reads and writes go on until CatchUp is through; writes are on hold while the route is
 * DOWNGRADING; reads go on at the old leader. Every arrow is stored before it is taken, the edit of
 * the route together with it.
 *
 * <p>Never two leaders that acknowledge: leases are granted by route and epoch only; a DOWNGRADING
 * route gets none; DowngradeLeader ends when the old leader has confirmed or its lease has run out;
 * the candidate gets a lease only after the switch. Not promised: that an old leader which does not
 * answer is closed when the procedure is done; its next heartbeat closes it.
 *
 * <p>Stored state: {@code step}, the fields of the move ({@code region}, {@code table}, {@code
 * from}, {@code to}, {@code replayTimeoutMillis}, {@code askedBy} if known, {@code
 * stallBudgetMillis} and {@code verify} if asked for, {@code trigger} unless it was asked for by
 * hand) and, by step, {@code deadline}, {@code epoch}, {@code position}, {@code errorCode}, {@code
 * reason}. {@code history} tells what it has been through; nothing is decided by it.
 */
public final class RegionMigration implements Procedure {
  public static final String TYPE = "metasrv-procedure::RegionMigration";

  private final MigrationContext context;
  private final MigrationState state;

  RegionMigration(MigrationContext context, MigrationState state) {
    this.context = context;
    this.state = state;
  }

  /** The first state; the arguments are checked already. */
  public static Procedure of(
      ProcedureRequest.MigrateRegion request, TableName table, MigrationEnvironment environment) {
    RegionMove move =
        new RegionMove(
            request.region(),
            table,
            request.from(),
            request.to(),
            request.replayTimeout(),
            request.reason(),
            request.askedBy(),
            request.options());
    Instant deadline = environment.clock().instant().plus(request.replayTimeout());
    return new MigrationContext(move, environment, MigrationHistory.NONE)
        .at(new OpenCandidate(deadline));
  }

  public static Procedure load(MigrationEnvironment environment, JsonNode node) {
    MigrationHistory history = MigrationHistory.of(node);
    return new RegionMigration(
        new MigrationContext(RegionMove.read(node), environment, history), readState(node));
  }

  /** Of a stored migration. */
  public static RegionId region(ProcedureRecord record) {
    return RegionMove.read(record.state()).region();
  }

  /** Of a stored migration. */
  public static MigrationReason reason(ProcedureRecord record) {
    return RegionMove.read(record.state()).reason();
  }

  /**
   * Under which the region was led again when the migration had ended; none if it never stopped.
   */
  static Optional<RegionEpoch> epochAfter(ProcedureRecord record) {
    JsonNode state = record.state();
    long epoch = state.path("epoch").asLong(MigrationHistory.of(state).epoch());
    return epoch == 0 ? Optional.empty() : Optional.of(new RegionEpoch(epoch));
  }

  /** The state of an ended migration, with writes that were held for it. */
  static ObjectNode held(ProcedureRecord record, WriteStall stall) {
    ObjectNode node = record.state().deepCopy();
    node.set("history", MigrationHistory.of(node).held(stall).write());
    return node;
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String step() {
    return state.name();
  }

  @Override
  public ProcedureStatus status() {
    return state.status();
  }

  @Override
  public LockKeys lockKeys() {
    TableName table = context.move().table();
    return LockKeys.NONE
        .readDatabase(table.database())
        .readTable(table)
        .writeRegion(context.region());
  }

  @Override
  public List<RegionClaim> claims() {
    RegionMove move = context.move();
    return List.of(
        new RegionClaim(move.region(), move.from()), new RegionClaim(move.region(), move.to()));
  }

  @Override
  public ObjectNode state() {
    ObjectNode node = object();
    node.put("step", state.name());
    context.move().writeTo(node);
    state.writeTo(node);
    if (!context.history().equals(MigrationHistory.NONE)) {
      node.set("history", context.history().write());
    }
    return node;
  }

  @Override
  public CompletableFuture<Transition> next() {
    return state.next(context);
  }

  @Override
  public Optional<Procedure> retreat(TerraneException reason) {
    return state.retreat(reason).map(context::at);
  }

  /** Up to the switch the way back is the one after a failure. */
  @Override
  public Optional<Procedure> cancel(TerraneException reason) {
    return retreat(reason);
  }

  @Override
  public Procedure afterFailure(TerraneException failure) {
    return new RegionMigration(context.with(context.history().failed(failure)), state);
  }

  private static MigrationState readState(JsonNode node) {
    String step = text(node, "step");
    return switch (step) {
      case "OpenCandidate" -> new OpenCandidate(instant(node, "deadline"));
      case "FlushLeader" -> new FlushLeader();
      case "CatchUp" -> new CatchUp(instant(node, "deadline"));
      case "DowngradeLeader" -> new DowngradeLeader(readEpoch(node));
      case "UpgradeCandidate" ->
          new UpgradeCandidate(
              readEpoch(node), number(node, "position"), instant(node, "deadline"));
      case "Verify" -> new Verify(readEpoch(node), instant(node, "deadline"));
      case "CloseOldLeader" -> new CloseOldLeader();
      case "Abandon" -> new Abandon(readReason(node));
      case "Restore" -> new Restore(readEpoch(node), readReason(node));
      default -> throw MetadataJson.unknown("step of " + TYPE, step);
    };
  }

  private static RegionEpoch readEpoch(JsonNode node) {
    return new RegionEpoch(number(node, "epoch"));
  }

  private static TerraneException readReason(JsonNode node) {
    return new TerraneException(
        ErrorCode.ofNumber(smallNumber(node, "errorCode")), text(node, "reason"));
  }
}
