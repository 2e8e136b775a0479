package io.terrane.query.plan.physical;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.batch.ReadTraffic;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.region.RegionId;
import io.terrane.api.table.DataType;
import io.terrane.api.time.Ticker;
import io.terrane.query.distribute.RegionScan;
import io.terrane.query.exec.ExecutionContext;
import io.terrane.query.exec.StreamMeasure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An operator whose rows are counted and timed while it runs; to be opened once. */
public final class MeasuredNode implements PhysicalNode {
  private final PhysicalNode origin;
  private PhysicalNode node;
  private final Ticker ticker;
  private final StreamMeasure measure;
  private final Map<RegionId, StreamMeasure> regions = new LinkedHashMap<>();

  private MeasuredNode(PhysicalNode origin, PhysicalNode node, Ticker ticker) {
    this.origin = origin;
    this.node = node;
    this.ticker = ticker;
    this.measure = new StreamMeasure(ticker);
  }

  /** A whole plan, every operator and region measured for itself. */
  public static MeasuredNode of(PhysicalNode plan, Ticker ticker) {
    List<PhysicalNode> inputs =
        plan.inputs().stream().map(input -> (PhysicalNode) of(input, ticker)).toList();
    return new MeasuredNode(plan, plan.over(inputs), ticker);
  }

  /** The operator as it was planned. */
  PhysicalNode origin() {
    return origin;
  }

  /** How many rows it gave. */
  public long rows() {
    return measure.rows();
  }

  /** Where all rows were read from, those of the inputs included; known once it is closed. */
  public ReadTraffic traffic() {
    ReadTraffic sum = ReadTraffic.NONE;
    for (StreamMeasure region : regions.values()) {
      sum = sum.plus(region.traffic());
    }
    for (PhysicalNode input : inputs()) {
      if (input instanceof MeasuredNode measured) {
        sum = sum.plus(measured.traffic());
      }
    }
    return sum;
  }

  /** As it stands in EXPLAIN ANALYZE. */
  public static String text(ReadTraffic traffic) {
    return "requests=%d, bucket=%d, disk=%d, memory=%d"
        .formatted(
            traffic.requests(), traffic.bucketBytes(), traffic.diskBytes(), traffic.memoryBytes());
  }

  @Override
  public BatchStream open(ExecutionContext context) {
    BatchStream stream =
        node instanceof RegionScan scan
            ? scan.open(context, (region, reader) -> region(region).around(reader))
            : node.open(context);
    return measure.around(stream);
  }

  /** From then on the node is described as it was opened. */
  @Override
  public BatchStream openNarrowed(ExecutionContext context, List<ScalarExpr> conditions) {
    if (node instanceof RegionScan scan) {
      node = scan.narrowed(conditions);
    }
    return open(context);
  }

  private StreamMeasure region(RegionId region) {
    return regions.computeIfAbsent(region, id -> new StreamMeasure(ticker));
  }

  @Override
  public OperatorText describe() {
    return node.describe().measured(measure, List.copyOf(regions.values()));
  }

  @Override
  public List<String> names() {
    return node.names();
  }

  @Override
  public List<DataType> types() {
    return node.types();
  }

  @Override
  public List<PhysicalNode> inputs() {
    return node.inputs();
  }

  @Override
  public PhysicalNode over(List<PhysicalNode> inputs) {
    return new MeasuredNode(origin, node.over(inputs), ticker);
  }
}
