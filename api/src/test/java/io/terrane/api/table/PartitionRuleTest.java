package io.terrane.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.region.RegionId;
import io.terrane.api.table.PartitionExpr.And;
import io.terrane.api.table.PartitionExpr.Compare;
import io.terrane.api.table.PartitionExpr.Op;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionRuleTest {
  private static final PartitionRule RULE =
      new PartitionRule(
          List.of("a"),
          List.of(
              bound("a < 10", new Compare("a", Op.LT, Datum.of(10))),
              bound(
                  "a >= 10 AND a < 20",
                  new And(
                      new Compare("a", Op.GE, Datum.of(10)),
                      new Compare("a", Op.LT, Datum.of(20)))),
              bound("a >= 20", new Compare("a", Op.GE, Datum.of(20)))));

  @Test
  void eachRowHasOneRegion() {
    assertThat(RULE.regionFor(name -> Datum.of(-5))).isZero();
    assertThat(RULE.regionFor(name -> Datum.of(10))).isEqualTo(1);
    assertThat(RULE.regionFor(name -> Datum.of(20))).isEqualTo(2);
  }

  @Test
  void aRowThatMeetsNoConditionGoesToTheFirst() {
    assertThat(RULE.regionFor(name -> Datum.ofNull(DataType.INT64))).isZero();
    assertThat(PartitionRule.NONE.regionFor(name -> Datum.of(1))).isZero();
    assertThat(PartitionRule.NONE.regionCount()).isEqualTo(1);
  }

  @Test
  void regionIdsArePackedAsGreptimeDbPacksThem() {
    RegionId region = RegionId.of(new TableId(1024), 0);

    assertThat(region.value()).isEqualTo(4398046511104L);
    assertThat(RegionId.of(new TableId(1024), 3).toString()).isEqualTo("1024.3");
    assertThat(new RegionId(4398046511107L).table()).isEqualTo(new TableId(1024));
    assertThat(new RegionId(4398046511107L).number()).isEqualTo(3);
  }

  private static PartitionRule.Bound bound(String sql, PartitionExpr expr) {
    return new PartitionRule.Bound(sql, expr);
  }
}
