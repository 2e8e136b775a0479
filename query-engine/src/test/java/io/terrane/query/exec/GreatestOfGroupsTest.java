package io.terrane.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GreatestOfGroupsTest {
  private static final ScalarExpr HOST = new ScalarExpr.ColumnRef(0, DataType.STRING);
  private static final ScalarExpr TIME = new ScalarExpr.ColumnRef(1, DataType.TIMESTAMP_MILLIS);
  private static final ScalarExpr CONDITION =
      new ScalarExpr.Call(
          "=", List.of(HOST, new ScalarExpr.Literal(Datum.of("a"))), DataType.BOOLEAN);

  private static PlanFragment.ScanRegion scan(Optional<ScalarExpr> predicate) {
    return new PlanFragment.ScanRegion(new RegionId(7), 0, List.of("host", "ts"), predicate);
  }

  private static AggregateCall call(String function, int argument, OptionalInt filter) {
    return new AggregateCall(
        function, List.of(argument), false, filter, List.of(), DataType.TIMESTAMP_MILLIS);
  }

  private static Optional<GreatestOfGroups> of(PlanFragment input, AggregateCall... calls) {
    return GreatestOfGroups.of(
        new PlanFragment.PartialAggregate(input, List.of(0), List.of(calls)));
  }

  @Test
  void greatest_values_are_seen_through_filters_of_the_scan_and_renamed_columns() {
    GreatestOfGroups wanted = new GreatestOfGroups(Set.of("host"), "ts");
    AggregateCall max = call("max", 1, OptionalInt.empty());
    PlanFragment filter = new PlanFragment.Filter(scan(Optional.of(CONDITION)), CONDITION);
    PlanFragment swapped = new PlanFragment.Project(filter, List.of(TIME, HOST), List.of("a", "b"));
    assertThat(of(scan(Optional.empty()), max)).contains(wanted);
    assertThat(of(filter, max, max)).contains(wanted);
    assertThat(of(swapped, call("max", 1, OptionalInt.empty())))
        .contains(new GreatestOfGroups(Set.of("ts"), "host"));
  }

  @Test
  void who_asks_for_more_gets_all_rows() {
    PlanFragment scan = scan(Optional.empty());
    AggregateCall max = call("max", 1, OptionalInt.empty());
    assertThat(of(scan)).isEmpty();
    assertThat(of(scan, call("min", 1, OptionalInt.empty()))).isEmpty();
    assertThat(of(scan, max, call("count", 1, OptionalInt.empty()))).isEmpty();
    assertThat(of(scan, max, call("max", 0, OptionalInt.empty()))).isEmpty();
    assertThat(of(scan, call("max", 1, OptionalInt.of(0)))).isEmpty();
    assertThat(of(new PlanFragment.Filter(scan, CONDITION), max)).isEmpty();
    assertThat(of(new PlanFragment.Limit(scan, 5), max)).isEmpty();
    assertThat(of(new PlanFragment.Project(scan, List.of(HOST, CONDITION), List.of("a", "b")), max))
        .isEmpty();
  }
}
