package io.terrane.query.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.query.plan.physical.MeasuredNode;
import io.terrane.query.plan.physical.PlanTree;

/**
 * How a query went.
 *
 * @param micros from its opening to its last row
 * @param peakBytes of memory, at most
 */
public record PlanReport(PlanTree plan, long rows, long micros, long peakBytes, ReadTraffic traffic)
    implements Explanation {
  /** The plan's lines, then one of the whole. */
  @Override
  public String toText() {
    return plan.toText()
        + "rows: %d, time: %d us, peak memory: %d bytes, files: %s\n"
            .formatted(rows, micros, peakBytes, MeasuredNode.text(traffic));
  }

  /** The plan and the whole. */
  @Override
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rows", rows).put("time", micros).put("peak_memory_bytes", peakBytes);
    json.set("plan", plan.toJson());
    return json;
  }
}
