package io.terrane.query.session;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.query.parse.MySqlLexis;
import io.terrane.query.parse.Statement.VariableScope;
import io.terrane.query.parse.VariableName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One session's system and user variables. Written by the session's thread only; {@link
 * #timeZone()}, {@link #lexis()} and values may be read from any thread.
 */
public final class SessionVariables {
  private static final int USER_VARIABLES_MAX = 10_000;

  /** Pairs of names for one thing. */
  private static final Map<String, String> TWINS =
      Map.of(
          "transaction_isolation", "tx_isolation",
          "tx_isolation", "transaction_isolation",
          "transaction_read_only", "tx_read_only",
          "tx_read_only", "transaction_read_only");

  private static final Set<String> ISOLATIONS =
      Set.of("READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ", "SERIALIZABLE");

  private final GlobalVariables globals;
  private final Map<String, Datum> values = new ConcurrentHashMap<>();
  private final Map<String, Datum> userValues = new HashMap<>();
  private volatile ZoneId timeZone;
  private volatile MySqlLexis lexis;

  public SessionVariables(GlobalVariables globals) {
    this.globals = globals;
    reset();
  }

  /** Back to how a new session starts. */
  public void reset() {
    values.clear();
    userValues.clear();
    for (Variable variable : globals.table().all()) {
      values.put(variable.name(), globals.value(variable));
    }
    timeZone = TimeZones.parse(text("time_zone"));
    lexis = SqlMode.lexis(text("sql_mode"));
  }

  /** The value; UNKNOWN_VARIABLE if there is none; an unset user variable is NULL. */
  public Datum get(VariableName name) {
    return switch (name.scope()) {
      case USER -> userValues.getOrDefault(name.name(), Datum.NULL);
      case GLOBAL -> globals.value(variable(name.name()));
      case SESSION -> values.get(variable(name.name()).name());
    };
  }

  /** Sets a variable; an empty value stands for DEFAULT. */
  public void set(VariableScope scope, String name, Optional<Datum> value) {
    if (scope == VariableScope.USER) {
      setUser(name, value.orElse(Datum.NULL));
      return;
    }
    Variable variable = variable(name);
    if (!variable.writable()) {
      throw new TerraneException(
          ErrorCode.READ_ONLY_VARIABLE, "Variable '" + name + "' is a read only variable");
    }
    Datum checked = value.isPresent() ? checked(variable, value.get()) : globals.value(variable);
    if (scope == VariableScope.GLOBAL) {
      globals.set(variable, checked);
      return;
    }
    values.put(name, checked);
    String twin = TWINS.get(name);
    if (twin != null) {
      values.put(twin, checked);
    }
    switch (variable.kind()) {
      case TIME_ZONE -> timeZone = TimeZones.parse((String) checked.value());
      case SQL_MODE -> lexis = SqlMode.lexis((String) checked.value());
      case SWITCH, NUMBER, TEXT, CHARSET, COLLATION, ISOLATION -> {}
    }
  }

  private void setUser(String name, Datum value) {
    if (userValues.size() >= USER_VARIABLES_MAX && !userValues.containsKey(name)) {
      throw new TerraneException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "too many user variables: " + USER_VARIABLES_MAX + " are allowed");
    }
    userValues.put(name, value);
  }

  /** Name and value of each variable as SHOW VARIABLES prints them, in order of name. */
  public Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    for (Variable variable : globals.table().all()) {
      shown.put(variable.name(), variable.shown(values.get(variable.name())));
    }
    return shown;
  }

  /** As {@link #shown}, of the values that new sessions start with. */
  public Map<String, String> shownGlobally() {
    Map<String, String> shown = new LinkedHashMap<>();
    for (Variable variable : globals.table().all()) {
      shown.put(variable.name(), variable.shown(globals.value(variable)));
    }
    return shown;
  }

  public boolean isOn(String name) {
    return number(name) != 0;
  }

  public long number(String name) {
    return (Long) values.get(name).value();
  }

  public String text(String name) {
    return String.valueOf(values.get(name).value());
  }

  /** How long a SELECT may run; empty for ever. */
  public Optional<Duration> executionTimeMax() {
    long millis = number("max_execution_time");
    return millis <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
  }

  /** How many rows a SELECT may give; negative for all. */
  public long selectLimit() {
    return number("sql_select_limit");
  }

  /** Iterations of a recursive common table. */
  public long recursionMax() {
    return number("cte_max_recursion_depth");
  }

  public ZoneId timeZone() {
    return timeZone;
  }

  /** How the session's texts are read. */
  public MySqlLexis lexis() {
    return lexis;
  }

  private Variable variable(String name) {
    return globals
        .table()
        .find(name)
        .orElseThrow(
            () ->
                new TerraneException(
                    ErrorCode.UNKNOWN_VARIABLE, "Unknown system variable '" + name + "'"));
  }

  private static Datum checked(Variable variable, Datum value) {
    if (value.isNull()) {
      if (variable.name().equals("character_set_results")) {
        return Datum.ofNull(DataType.STRING);
      }
      throw wrong(variable, "NULL");
    }
    String text = String.valueOf(value.value()).strip();
    return switch (variable.kind()) {
      case SWITCH -> Datum.of(switched(variable, text));
      case NUMBER -> Datum.of(numbered(variable, text));
      case TEXT -> Datum.of(text);
      case CHARSET -> Datum.of(Charsets.checked(text));
      case COLLATION -> Datum.of(text.toLowerCase(Locale.ROOT));
      case TIME_ZONE -> {
        TimeZones.parse(text);
        yield Datum.of(text);
      }
      case SQL_MODE -> Datum.of(SqlMode.normalized(text));
      case ISOLATION -> {
        String level = text.toUpperCase(Locale.ROOT).replace(' ', '-');
        if (!ISOLATIONS.contains(level)) {
          throw wrong(variable, text);
        }
        yield Datum.of(level);
      }
    };
  }

  private static long switched(Variable variable, String text) {
    return switch (text.toUpperCase(Locale.ROOT)) {
      case "1", "ON", "TRUE" -> 1;
      case "0", "OFF", "FALSE" -> 0;
      default -> throw wrong(variable, text);
    };
  }

  private static long numbered(Variable variable, String text) {
    try {
      long number = text.equals("18446744073709551615") ? -1 : Long.parseLong(text);
      if (number < 0 && !variable.name().equals("sql_select_limit")) {
        throw wrong(variable, text);
      }
      return number;
    } catch (NumberFormatException malformed) {
      throw new TerraneException(
          ErrorCode.WRONG_VARIABLE_VALUE,
          "Incorrect argument type to variable '" + variable.name() + "': '" + text + "'",
          malformed);
    }
  }

  private static TerraneException wrong(Variable variable, String value) {
    return new TerraneException(
        ErrorCode.WRONG_VARIABLE_VALUE,
        "Variable '" + variable.name() + "' can't be set to the value of '" + value + "'");
  }
}
