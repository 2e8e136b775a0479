package io.terrane.query.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.Datum;
import io.terrane.query.parse.Statement.VariableScope;
import io.terrane.query.parse.VariableName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionVariablesTest {
  private final GlobalVariables globals = new GlobalVariables("8.4.0-test", "");
  private final SessionVariables variables = new SessionVariables(globals);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "autocommit|OFF|OFF",
        "autocommit|1|ON",
        "sql_mode|ansi|REAL_AS_FLOAT,PIPES_AS_CONCAT,ANSI_QUOTES,IGNORE_SPACE,ANSI",
        "time_zone|Europe/Berlin|Europe/Berlin",
        "time_zone|-3:30|-3:30",
        "transaction_isolation|read committed|READ-COMMITTED",
        "character_set_client|UTF8|utf8mb3",
        "max_execution_time|250|250",
        "sql_select_limit|18446744073709551615|18446744073709551615",
      })
  void keepsWhatIsSet(String name, String value, String shown) {
    variables.set(VariableScope.SESSION, name, Optional.of(Datum.of(value)));
    assertThat(variables.shown()).containsEntry(name, shown);
  }

  @ParameterizedTest
  @CsvSource({
    "autocommit,maybe,WRONG_VARIABLE_VALUE",
    "time_zone,+25:00,UNKNOWN_TIME_ZONE",
    "time_zone,Mars,UNKNOWN_TIME_ZONE",
    "sql_mode,NO_SUCH_MODE,WRONG_VARIABLE_VALUE",
    "max_execution_time,-1,WRONG_VARIABLE_VALUE",
    "max_execution_time,x,WRONG_VARIABLE_VALUE",
    "character_set_client,klingon,WRONG_VARIABLE_VALUE",
    "version,9,READ_ONLY_VARIABLE",
    "nonsense,1,UNKNOWN_VARIABLE",
  })
  void refusesWhatMySqlRefuses(String name, String value, ErrorCode code) {
    assertThatThrownBy(
            () -> variables.set(VariableScope.SESSION, name, Optional.of(Datum.of(value))))
        .isInstanceOfSatisfying(
            TerraneException.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  @Test
  void defaultsComeFromGlobals() {
    variables.set(VariableScope.GLOBAL, "max_execution_time", Optional.of(Datum.of(9L)));
    assertThat(variables.executionTimeMax()).isEmpty();
    variables.set(VariableScope.SESSION, "max_execution_time", Optional.empty());
    assertThat(variables.executionTimeMax()).contains(Duration.ofMillis(9));
    assertThat(new SessionVariables(globals).executionTimeMax()).contains(Duration.ofMillis(9));
    variables.set(VariableScope.SESSION, "time_zone", Optional.of(Datum.of("+02:00")));
    variables.reset();
    assertThat(variables.timeZone().getId()).isEqualTo("Z");
  }

  @Test
  void modesChangeTheLexis() {
    variables.set(
        VariableScope.SESSION,
        "sql_mode",
        Optional.of(Datum.of("ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES")));
    assertThat(variables.lexis().ansiQuotes()).isTrue();
    assertThat(variables.lexis().pipesAsConcat()).isTrue();
    assertThat(variables.lexis().noBackslashEscapes()).isTrue();
  }

  @Test
  void userVariablesStartNull() {
    VariableName name = new VariableName(VariableScope.USER, "x");
    assertThat(variables.get(name).isNull()).isTrue();
    variables.set(VariableScope.USER, "x", Optional.of(Datum.of(3L)));
    assertThat(variables.get(name)).isEqualTo(Datum.of(3L));
  }
}
