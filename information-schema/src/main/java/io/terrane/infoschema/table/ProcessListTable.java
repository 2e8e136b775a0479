package io.terrane.infoschema.table;

import io.terrane.api.sql.SessionInfo;
import io.terrane.api.table.TableName;
import io.terrane.infoschema.SystemTable;
import java.time.InstantSource;
import java.util.List;

/**
 * Sessions of the frontend that is asked: {@code process_list} has GreptimeDB's columns and running
 * statements only, {@code processlist} MySQL's and idle sessions too.
 */
public final class ProcessListTable {

  private ProcessListTable() {}

  public static SystemTable<?> running(InstantSource clock) {
    return SystemTable.<SessionInfo>named(36, "process_list")
        .text("id", session -> Long.toString(session.id()))
        .text("catalog", session -> TableName.CATALOG)
        .text("schemas", SessionInfo::database)
        .text("query", SessionInfo::statement)
        .text("client", session -> session.user() + "@" + session.host())
        .text("frontend")
        .millis("start_timestamp", session -> clock.instant().minus(session.elapsed()))
        .int64("elapsed_time", session -> session.elapsed().toMillis())
        .rows(
            context ->
                context.frontend().sessions().stream().filter(SessionInfo::isRunning).toList());
  }

  public static SystemTable<?> all() {
    return SystemTable.<SessionInfo>named(102, "processlist")
        .uint64("id", SessionInfo::id)
        .text("user", SessionInfo::user)
        .text("host", SessionInfo::host)
        .text("db", session -> nullIfEmpty(session.database()))
        .text("command", SessionInfo::command)
        .int64("time", session -> session.elapsed().toSeconds())
        .text("state", SessionInfo::state)
        .text("info", session -> nullIfEmpty(session.statement()))
        .rows(context -> List.copyOf(context.frontend().sessions()));
  }

  private static String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
