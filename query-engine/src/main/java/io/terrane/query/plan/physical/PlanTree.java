package io.terrane.query.plan.physical;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.query.exec.StreamMeasure;
import io.terrane.query.plan.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A plan as EXPLAIN shows it.
 *
 * @param expected rows it should give; empty if nothing is known of the tables' sizes
 */
public record PlanTree(OperatorText text, OptionalLong expected, List<PlanTree> inputs)
    implements Explanation {
  public PlanTree {
    inputs = List.copyOf(inputs);
  }

  /** Of operators that may have been measured. */
  public static PlanTree of(PhysicalNode node, RowEstimates estimates) {
    PhysicalNode origin = node instanceof MeasuredNode measured ? measured.origin() : node;
    OptionalDouble rows = estimates.of(origin);
    return new PlanTree(
        node.describe(),
        rows.isPresent() ? OptionalLong.of(Math.round(rows.getAsDouble())) : OptionalLong.empty(),
        node.inputs().stream().map(input -> of(input, estimates)).toList());
  }

  /** The same below a step that takes all its rows. */
  public PlanTree under(OperatorText step) {
    return new PlanTree(step, OptionalLong.empty(), List.of(this));
  }

  /** An operator per line, inputs indented below; what runs in regions is marked by bars. */
  @Override
  public String toText() {
    StringBuilder lines = new StringBuilder();
    write(0, lines);
    return lines.toString();
  }

  private void write(int depth, StringBuilder lines) {
    String indent = "  ".repeat(depth);
    List<String> notes = new ArrayList<>();
    expected.ifPresent(rows -> notes.add("expected=" + rows));
    text.measure().ifPresent(measure -> notes.add(measure.toString()));
    lines.append(indent).append(text);
    if (!notes.isEmpty()) {
      lines.append(" (").append(String.join(", ", notes)).append(')');
    }
    lines.append('\n');
    for (OperatorText.Region region : text.regions()) {
      lines
          .append(indent)
          .append("  ")
          .append(region.region())
          .append(" on ")
          .append(region.place());
      region
          .measure()
          .ifPresent(
              measure ->
                  lines
                      .append(" (")
                      .append(measure)
                      .append(", ")
                      .append(MeasuredNode.text(measure.traffic()))
                      .append(')'));
      lines.append('\n');
    }
    text.fragment().forEach(step -> lines.append(indent).append("  | ").append(step).append('\n'));
    inputs.forEach(input -> input.write(depth + 1, lines));
  }

  /** An object per operator; times in microseconds, sizes in bytes. */
  @Override
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("operator", text.operator());
    if (!text.detail().isEmpty()) {
      json.put("detail", text.detail());
    }
    expected.ifPresent(rows -> json.put("expected_rows", rows));
    text.measure().ifPresent(measure -> write(measure, json));
    if (!text.regions().isEmpty()) {
      ArrayNode regions = json.putArray("regions");
      for (OperatorText.Region region : text.regions()) {
        ObjectNode one = regions.addObject().put("region", region.region());
        one.put("place", region.place());
        region
            .measure()
            .ifPresent(
                measure -> {
                  write(measure, one);
                  write(measure.traffic(), one);
                });
      }
      ArrayNode steps = json.putArray("fragment");
      text.fragment().forEach(steps::add);
    }
    if (!inputs.isEmpty()) {
      ArrayNode below = json.putArray("inputs");
      inputs.forEach(input -> below.add(input.toJson()));
    }
    return json;
  }

  private static void write(StreamMeasure measure, ObjectNode json) {
    json.put("rows", measure.rows());
    json.put("batches", measure.batches());
    json.put("bytes", measure.bytes());
    json.put("time", measure.micros());
  }

  private static void write(ReadTraffic traffic, ObjectNode json) {
    json.put("requests", traffic.requests());
    json.put("bucket_bytes", traffic.bucketBytes());
    json.put("disk_bytes", traffic.diskBytes());
    json.put("memory_bytes", traffic.memoryBytes());
  }
}
