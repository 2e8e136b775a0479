package io.terrane.rpc.wire;

import io.terrane.api.batch.ReadTraffic;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.region.RegionId;
import io.terrane.rpc.proto.FragmentProto;
import java.util.Optional;

/** Plan fragments. */
public final class FragmentWire {

  static final Cases<PlanFragment, FragmentProto.PlanFragment> CASES =
      new Cases<PlanFragment, FragmentProto.PlanFragment>()
          .on(PlanFragment.ScanRegion.class, FragmentWire::encodeScan)
          .on(
              PlanFragment.Filter.class,
              filter ->
                  FragmentProto.PlanFragment.newBuilder()
                      .setFilter(
                          FragmentProto.PlanFragment.Filter.newBuilder()
                              .setInput(encode(filter.input()))
                              .setPredicate(ExprWire.encode(filter.predicate())))
                      .build())
          .on(PlanFragment.Project.class, FragmentWire::encodeProject)
          .on(PlanFragment.PartialAggregate.class, FragmentWire::encodeAggregate)
          .on(PlanFragment.TopN.class, FragmentWire::encodeTopN)
          .on(
              PlanFragment.Limit.class,
              limit ->
                  FragmentProto.PlanFragment.newBuilder()
                      .setLimit(
                          FragmentProto.PlanFragment.Limit.newBuilder()
                              .setInput(encode(limit.input()))
                              .setFetch(limit.fetch()))
                      .build());

  private FragmentWire() {}

  public static FragmentProto.PlanFragment encode(PlanFragment fragment) {
    return CASES.encode(fragment);
  }

  /** What is sent behind a scan's last batch. */
  public static FragmentProto.ScanEnd encode(ReadTraffic traffic) {
    return FragmentProto.ScanEnd.newBuilder()
        .setBucketRequests(traffic.requests())
        .setBucketBytes(traffic.bucketBytes())
        .setDiskBytes(traffic.diskBytes())
        .setMemoryBytes(traffic.memoryBytes())
        .build();
  }

  public static ReadTraffic decode(FragmentProto.ScanEnd message) {
    return new ReadTraffic(
        message.getBucketRequests(),
        message.getBucketBytes(),
        message.getDiskBytes(),
        message.getMemoryBytes());
  }

  public static PlanFragment decode(FragmentProto.PlanFragment message) {
    return switch (message.getKindCase()) {
      case SCAN_REGION -> decode(message.getScanRegion());
      case FILTER ->
          new PlanFragment.Filter(
              decode(message.getFilter().getInput()),
              ExprWire.decode(message.getFilter().getPredicate()));
      case PROJECT ->
          new PlanFragment.Project(
              decode(message.getProject().getInput()),
              message.getProject().getExpressionsList().stream().map(ExprWire::decode).toList(),
              message.getProject().getNamesList());
      case PARTIAL_AGGREGATE ->
          new PlanFragment.PartialAggregate(
              decode(message.getPartialAggregate().getInput()),
              message.getPartialAggregate().getGroupByList(),
              message.getPartialAggregate().getCallsList().stream().map(ExprWire::decode).toList());
      case TOP_N ->
          new PlanFragment.TopN(
              decode(message.getTopN().getInput()),
              message.getTopN().getKeysList().stream().map(ExprWire::decode).toList(),
              message.getTopN().getFetch());
      case LIMIT ->
          new PlanFragment.Limit(
              decode(message.getLimit().getInput()), message.getLimit().getFetch());
      case KIND_NOT_SET -> throw Messages.unknownCase(message);
    };
  }

  private static PlanFragment.ScanRegion decode(FragmentProto.PlanFragment.ScanRegion message) {
    return new PlanFragment.ScanRegion(
        new RegionId(message.getRegion()),
        message.getSchemaVersion(),
        message.getColumnsList(),
        message.hasPredicate()
            ? Optional.of(ExprWire.decode(message.getPredicate()))
            : Optional.empty());
  }

  private static FragmentProto.PlanFragment encodeScan(PlanFragment.ScanRegion scan) {
    FragmentProto.PlanFragment.ScanRegion.Builder message =
        FragmentProto.PlanFragment.ScanRegion.newBuilder()
            .setRegion(scan.region().value())
            .setSchemaVersion(scan.schemaVersion())
            .addAllColumns(scan.columns());
    scan.predicate().map(ExprWire::encode).ifPresent(message::setPredicate);
    return FragmentProto.PlanFragment.newBuilder().setScanRegion(message).build();
  }

  private static FragmentProto.PlanFragment encodeProject(PlanFragment.Project project) {
    FragmentProto.PlanFragment.Project.Builder message =
        FragmentProto.PlanFragment.Project.newBuilder()
            .setInput(encode(project.input()))
            .addAllNames(project.names());
    project.expressions().forEach(expr -> message.addExpressions(ExprWire.encode(expr)));
    return FragmentProto.PlanFragment.newBuilder().setProject(message).build();
  }

  private static FragmentProto.PlanFragment encodeAggregate(PlanFragment.PartialAggregate node) {
    FragmentProto.PlanFragment.PartialAggregate.Builder message =
        FragmentProto.PlanFragment.PartialAggregate.newBuilder()
            .setInput(encode(node.input()))
            .addAllGroupBy(node.groupBy());
    node.calls().forEach(call -> message.addCalls(ExprWire.encode(call)));
    return FragmentProto.PlanFragment.newBuilder().setPartialAggregate(message).build();
  }

  private static FragmentProto.PlanFragment encodeTopN(PlanFragment.TopN topN) {
    FragmentProto.PlanFragment.TopN.Builder message =
        FragmentProto.PlanFragment.TopN.newBuilder()
            .setInput(encode(topN.input()))
            .setFetch(topN.fetch());
    topN.keys().forEach(key -> message.addKeys(ExprWire.encode(key)));
    return FragmentProto.PlanFragment.newBuilder().setTopN(message).build();
  }
}
