package io.terrane.query.write;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.ErrorKind;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.region.WriteId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.service.CatalogService;
import io.terrane.api.service.Datanodes;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.TableSchema;
import io.terrane.api.time.Ticker;
import io.terrane.query.exec.ExecutionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Writes batches to the leaders of their regions, all at once. A batch that meets a region on the
 * move is held until the region's next route is known, and sent again under the same write id, so
 * that it takes effect once however often it was sent. One that meets a table that was altered
 * meanwhile is brought under its new schema first.
 */
public final class RegionWriter {
  private static final Duration ROUTE_WAIT = Duration.ofMillis(100);

  private final Datanodes datanodes;
  private final CatalogService catalog;
  private final Ticker ticker;
  private final Duration holdMax;
  private final WriteStalls stalls;

  /**
   * @param holdMax how long a write waits for its region's next leader
   * @param stalls where held writes are noted
   */
  public RegionWriter(
      Datanodes datanodes,
      CatalogService catalog,
      Ticker ticker,
      Duration holdMax,
      WriteStalls stalls) {
    this.datanodes = datanodes;
    this.catalog = catalog;
    this.ticker = ticker;
    this.holdMax = holdMax;
    this.stalls = stalls;
  }

  /** One region's part of a statement, until it is written. */
  private static final class Part {
    final RegionId region;
    final WriteId id;
    final AlteredRows rows;
    final long begunNanos;
    boolean mayHaveHappened;
    RegionEpoch firstEpoch;
    RegionEpoch epoch;

    Part(RegionId region, WriteId id, AlteredRows rows, long begunNanos) {
      this.begunNanos = begunNanos;
      this.region = region;
      this.id = id;
      this.rows = rows;
    }
  }

  /**
   * Blocks until every batch is written. The batches stay the caller's. If one fails for good the
   * others are still awaited; a statement is atomic per region only.
   */
  AffectedRows write(
      ExecutionContext context,
      CatalogSnapshot snapshot,
      Map<RegionId, VectorSchemaRoot> batches,
      WriteMode mode,
      WriteIds ids) {
    long begun = ticker.nanos();
    List<Part> parts = new ArrayList<>();
    batches.forEach(
        (region, rows) ->
            parts.add(
                new Part(
                    region,
                    ids.next(),
                    new AlteredRows(schema(snapshot, region), rows, mode, context.allocator()),
                    begun)));
    try {
      return write(context, snapshot, parts, mode, begun);
    } finally {
      parts.forEach(part -> part.rows.close());
    }
  }

  private AffectedRows write(
      ExecutionContext context,
      CatalogSnapshot snapshot,
      List<Part> parts,
      WriteMode mode,
      long begun) {
    List<Part> waiting = new ArrayList<>(parts);
    CatalogSnapshot known = snapshot;
    long deadline = begun + holdMax.toNanos();
    AffectedRows affected = new AffectedRows(0);
    while (true) {
      Optional<TerraneException> moved = Optional.empty();
      List<Part> again = new ArrayList<>();
      Optional<TerraneException> fatal = Optional.empty();
      List<CompletableFuture<AffectedRows>> answers = new ArrayList<>();
      for (Part part : waiting) {
        answers.add(send(part, known, mode));
      }
      for (int i = 0; i < answers.size(); i++) {
        Part part = waiting.get(i);
        try {
          affected = affected.plus(answers.get(i).join());
          noteIfHeld(part);
        } catch (CompletionException wrapped) {
          TerraneException failure = TerraneException.of(wrapped);
          part.mayHaveHappened |= failure.kind() == ErrorKind.OUTCOME_UNKNOWN;
          if (isHeld(failure)) {
            again.add(part);
            moved = Optional.of(failure);
          } else {
            fatal = Optional.of(part.mayHaveHappened ? unknown(part, failure) : failure);
          }
        }
      }
      if (fatal.isPresent()) {
        throw fatal.get();
      }
      if (again.isEmpty()) {
        return affected;
      }
      if (ticker.nanos() > deadline) {
        throw givenUp(again, moved.orElseThrow());
      }
      context.checkCancelled();
      waiting.clear();
      waiting.addAll(again);
      known = catalog.newerThan(known.version(), ROUTE_WAIT).join();
    }
  }

  private void noteIfHeld(Part part) {
    if (!part.epoch.equals(part.firstEpoch)) {
      Duration held = Duration.ofNanos(ticker.nanos() - part.begunNanos);
      stalls.held(part.region, part.epoch, held);
    }
  }

  private CompletableFuture<AffectedRows> send(Part part, CatalogSnapshot known, WriteMode mode) {
    Optional<RegionRoute> route = known.findRegion(part.region);
    if (route.isEmpty()) {
      return CompletableFuture.failedFuture(dropped(part.region));
    }
    part.epoch = route.get().epoch();
    part.firstEpoch = part.firstEpoch == null ? part.epoch : part.firstEpoch;
    if (!route.get().isWritable()) {
      return CompletableFuture.failedFuture(
          new TerraneException(
              ErrorCode.REGION_NOT_LEADER, "region " + part.region + " is moving"));
    }
    TableSchema schema = schema(known, part.region);
    VectorSchemaRoot rows = part.rows.under(schema);
    return datanodes
        .at(route.get().leader())
        .write(
            new RegionWrite(
                part.region, route.get().epoch(), schema.version(), part.id, mode, rows));
  }

  private static TableSchema schema(CatalogSnapshot snapshot, RegionId region) {
    return snapshot.findTable(region.table()).orElseThrow(() -> dropped(region)).schema();
  }

  private static TerraneException dropped(RegionId region) {
    return new TerraneException(
        ErrorCode.TABLE_NOT_FOUND, "region " + region + " does not exist any more");
  }

  /** Whether the same write may be sent again, to this leader or the next. */
  private static boolean isHeld(TerraneException failure) {
    return switch (failure.code()) {
      case REGION_NOT_LEADER,
          REGION_NOT_OPEN,
          REGION_BUSY,
          SCHEMA_CHANGED,
          NODE_UNREACHABLE,
          LOG_UNAVAILABLE,
          WRITE_OUTCOME_UNKNOWN ->
          true;
      default -> false;
    };
  }

  /** An earlier try may have been written, whatever the last one met. */
  private static TerraneException unknown(Part part, TerraneException last) {
    return new TerraneException(
        ErrorCode.WRITE_OUTCOME_UNKNOWN,
        "rows of region " + part.region + " may be written all the same: " + last.getMessage(),
        last);
  }

  private TerraneException givenUp(List<Part> parts, TerraneException last) {
    boolean unknown = parts.stream().anyMatch(part -> part.mayHaveHappened);
    return new TerraneException(
        unknown ? ErrorCode.WRITE_OUTCOME_UNKNOWN : last.code(),
        "no leader took the rows of region "
            + parts.get(0).region
            + " within "
            + holdMax.toSeconds()
            + " s"
            + (unknown ? "; they may be written all the same" : "")
            + ": "
            + last.getMessage(),
        last);
  }
}
