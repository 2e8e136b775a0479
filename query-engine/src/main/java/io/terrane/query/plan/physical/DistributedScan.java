package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DataType;
import io.terrane.query.distribute.Fragments;
import io.terrane.query.distribute.RegionReader;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.UnionAllOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Runs one fragment per region where the region is, and gives all their rows.
 *
 * @param template the fragment, bound to each region when it is sent
 * @param types of the fragment's output
 */
public record DistributedScan(
    RegionReader reader,
    CatalogSnapshot snapshot,
    List<RegionId> regions,
    PlanFragment template,
    List<String> names,
    List<DataType> types)
    implements PlanNode {
  @Override
  public BatchStream open(ExecutionContext context, Bindings bindings) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      fields.add(types.get(i).arrowField(names.get(i), true));
    }
    Schema schema = new Schema(fields);
    List<BatchStream> streams = new ArrayList<>();
    for (RegionId region : regions) {
      streams.add(reader.open(context, snapshot, region, Fragments.bind(template, region), schema));
    }
    return streams.size() == 1 ? streams.get(0) : new UnionAllOperator(context, streams, names);
  }

  /** The same regions with a longer fragment. */
  public DistributedScan with(PlanFragment longer, List<String> newNames, List<DataType> newTypes) {
    return new DistributedScan(reader, snapshot, regions, longer, newNames, newTypes);
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of();
  }

  @Override
  public String describe() {
    return "Exchange regions " + regions;
  }

  @Override
  public void explain(StringBuilder text, int depth) {
    text.append("  ".repeat(depth)).append(describe()).append('\n');
    explain(text, depth + 1, template);
  }

  private static void explain(StringBuilder text, int depth, PlanFragment fragment) {
    text.append("  ".repeat(depth)).append("at region: ");
    if (fragment instanceof PlanFragment.ScanRegion scan) {
      text.append("Scan ").append(scan.columns());
      scan.predicate().ifPresent(p -> text.append(" skipping by ").append(ExprText.of(p)));
      text.append('\n');
    } else if (fragment instanceof PlanFragment.Filter filter) {
      text.append("Filter ").append(ExprText.of(filter.predicate())).append('\n');
      explain(text, depth + 1, filter.input());
    } else if (fragment instanceof PlanFragment.Project project) {
      text.append("Project ").append(ExprText.of(project.expressions())).append('\n');
      explain(text, depth + 1, project.input());
    } else if (fragment instanceof PlanFragment.PartialAggregate aggregate) {
      text.append("PartialAggregate group by ")
          .append(aggregate.groupBy())
          .append(' ')
          .append(aggregate.calls().stream().map(c -> c.function() + c.arguments()).toList())
          .append('\n');
      explain(text, depth + 1, aggregate.input());
    } else if (fragment instanceof PlanFragment.TopN topN) {
      text.append("TopN ").append(topN.fetch()).append('\n');
      explain(text, depth + 1, topN.input());
    } else {
      PlanFragment.Limit limit = (PlanFragment.Limit) fragment;
      text.append("Limit ").append(limit.fetch()).append('\n');
      explain(text, depth + 1, limit.input());
    }
  }
}
