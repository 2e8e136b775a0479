package io.terrane.query.distribute;

import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What runs on each datanode, for EXPLAIN. */
public final class FragmentText {
  private FragmentText() {}

  /** The last step first. */
  static List<String> of(PlanFragment fragment, String table) {
    List<String> lines = new ArrayList<>();
    PlanFragment step = fragment;
    while (step != null) {
      PlanFragment next = null;
      if (step instanceof PlanFragment.Filter filter) {
        lines.add("Filter: " + ExprText.of(filter.predicate()));
        next = filter.input();
      } else if (step instanceof PlanFragment.Project project) {
        lines.add("Project: " + project.expressions().stream().map(ExprText::of).toList());
        next = project.input();
      } else if (step instanceof PlanFragment.PartialAggregate aggregate) {
        lines.add(
            "PartialAggregate: group="
                + aggregate.groupBy()
                + ", calls="
                + calls(aggregate.calls()));
        next = aggregate.input();
      } else if (step instanceof PlanFragment.TopN top) {
        lines.add("TopN: keys=" + keys(top.keys()) + ", fetch=" + top.fetch());
        next = top.input();
      } else if (step instanceof PlanFragment.Limit limit) {
        lines.add("Limit: fetch=" + limit.fetch());
        next = limit.input();
      } else if (step instanceof PlanFragment.ScanRegion scan) {
        lines.add("ScanRegion: table=" + table + ", columns=" + scan.columns());
      }
      step = next;
    }
    return lines;
  }

  /** Aggregate calls as {@code [sum($1), count()]}. */
  public static String calls(List<AggregateCall> calls) {
    return calls.stream()
        .map(
            call ->
                call.function()
                    + "("
                    + (call.distinct() ? "distinct " : "")
                    + call.arguments().stream().map(i -> "$" + i).collect(Collectors.joining(", "))
                    + ")"
                    + (call.filter().isPresent() ? " filter $" + call.filter().getAsInt() : ""))
        .toList()
        .toString();
  }

  /** Sort keys as {@code [$0, $1 desc]}. */
  public static String keys(List<SortKey> keys) {
    return keys.stream()
        .map(key -> "$" + key.column() + (key.descending() ? " desc" : ""))
        .toList()
        .toString();
  }
}
