package io.terrane.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QueryPlannerTest {
  private final PlanFixture fixture = new PlanFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void queriesWithoutTables() {
    assertThat(fixture.rows("SELECT 1")).containsExactly("1");
    assertThat(fixture.rows("SELECT 58/40, 7/0, 7 DIV 2, 99*99*99*99*99*99"))
        .containsExactly("1.4500|NULL|3|941480149401");
    assertThat(fixture.rows("SELECT NULL, 'a', 1.5, (5 > 3) + 1")).containsExactly("NULL|a|1.5|2");
    assertThat(
            fixture.rows("SELECT CAST(7.6 AS SIGNED), 'abc' = 0, 1 IN (2, 3), 2 BETWEEN 1 AND 3"))
        .containsExactly("8|1|0|1");
  }
}
