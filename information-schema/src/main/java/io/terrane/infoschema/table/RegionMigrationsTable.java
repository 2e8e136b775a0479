package io.terrane.infoschema.table;

import io.terrane.api.procedure.MigrationInfo;
import io.terrane.api.procedure.MigrationProgress;
import io.terrane.api.procedure.MigrationStep;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.infoschema.ClusterReports;
import io.terrane.infoschema.SystemTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code region_migrations}: moves that run, and those of the last days, oldest first. Times are
 * milliseconds, positions are those of the region's WAL topic, which other regions share.
 */
public final class RegionMigrationsTable {

  private RegionMigrationsTable() {}

  public static SystemTable<?> create(ClusterReports reports, InstantSource clock) {
    return SystemTable.<Row>named(50, "region_migrations")
        .text("migration_id", row -> row.info().id().toString())
        .uint64("region_id", row -> row.move().region().value())
        .text("table_schema", row -> row.move().table().database())
        .text("table_name", row -> row.move().table().table())
        .uint64("from_peer", row -> row.move().from().value())
        .uint64("to_peer", row -> row.move().to().value())
        .text("reason", row -> row.move().reason().name())
        .text("asked_by", row -> row.move().askedBy().isEmpty() ? null : row.move().askedBy())
        .text("status", row -> row.info().status().label())
        .text("step", row -> row.info().step())
        .millis("start_time", row -> row.info().startedAt())
        .millis("end_time", row -> row.info().endedAt().orElse(null))
        .int64("total_ms", row -> row.total(clock.instant()).toMillis())
        .text("step_ms", row -> row.stepTimes(clock.instant()))
        .int64("wal_opened_position", row -> known(row.move().openedPosition()))
        .int64("wal_replayed_position", row -> known(row.move().replayedPosition()))
        .int64("wal_target_position", Row::target)
        .int64("wal_end_position", row -> known(row.move().endPosition()))
        .int64("wal_read_bytes", row -> row.move().work().readBytes())
        .int64("wal_useful_bytes", row -> row.move().work().usefulBytes())
        .int64("wal_useful_records", row -> row.move().work().records())
        .int64("eta_ms", Row::eta)
        .int64("retries", row -> row.move().retries())
        .text("last_error", Row::lastError)
        .int64("write_stall_ms", row -> row.move().stall().map(Duration::toMillis).orElse(null))
        .int64("held_writes", row -> row.move().heldWrites())
        .text("verification", row -> row.move().verification().orElse(null))
        .rows(context -> list(reports.procedures()));
  }

  private static List<Row> list(List<ProcedureInfo> procedures) {
    return procedures.stream()
        .flatMap(info -> info.migration().stream().map(move -> new Row(info, move)))
        .toList();
  }

  private static Long known(long position) {
    return position < 0 ? null : position;
  }

  private record Row(ProcedureInfo info, MigrationInfo move) {
    Duration total(Instant now) {
      return between(info.startedAt(), info.endedAt().orElse(now));
    }

    /** JSON: milliseconds by step. */
    String stepTimes(Instant now) {
      return move.steps().stream()
          .map(step -> '"' + step.name() + "\":" + time(step, now).toMillis())
          .collect(Collectors.joining(",", "{", "}"));
    }

    /** Where the target has to get to; moves on while the old leader writes. */
    Long target() {
      return move.progress()
          .map(progress -> Math.max(progress.targetPosition(), move.endPosition()))
          .map(RegionMigrationsTable::known)
          .orElseGet(() -> known(move.endPosition()));
    }

    Long eta() {
      return move.progress().flatMap(MigrationProgress::left).map(Duration::toMillis).orElse(null);
    }

    /** Why it failed, else what it last stumbled over. */
    String lastError() {
      return info.error().or(move::lastError).orElse(null);
    }

    private static Duration time(MigrationStep step, Instant now) {
      return between(step.startedAt(), step.endedAt().orElse(now));
    }

    /** Two clocks may have written the ends: never negative. */
    private static Duration between(Instant start, Instant end) {
      return end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }
  }
}
