package io.terrane.api.sql;

import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.ViewInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What system tables show of the frontend that runs a statement, and of the session that asks.
 * Thread-safe; each call tells the present state.
 */
public interface FrontendView {
  /** A frontend without sessions, for statements that run elsewhere. */
  FrontendView NONE =
      new FrontendView() {
        @Override
        public List<SessionInfo> sessions() {
          return List.of();
        }

        @Override
        public Map<String, String> status() {
          return Map.of();
        }

        @Override
        public Map<String, String> variables() {
          return Map.of();
        }

        @Override
        public Map<String, String> globalVariables() {
          return Map.of();
        }

        @Override
        public Optional<List<ColumnSchema>> columns(ViewInfo view) {
          return Optional.empty();
        }
      };

  /** The sessions of this frontend, by id. */
  List<SessionInfo> sessions();

  /** Names and values of SHOW STATUS, in order of name. */
  Map<String, String> status();

  /** Names and values of SHOW VARIABLES, in order of name. */
  Map<String, String> variables();

  /** Names and values of SHOW GLOBAL VARIABLES, in order of name. */
  Map<String, String> globalVariables();

  /** The columns of a view; empty if it cannot be planned, for a table it reads may be gone. */
  Optional<List<ColumnSchema>> columns(ViewInfo view);
}
