package io.terrane.rpc.wire;

import io.terrane.api.table.PartitionExpr;
import io.terrane.api.table.PartitionRule;
import io.terrane.rpc.proto.TableProto;
import java.util.List;

/** Partition rules and their conditions. */
public final class PartitionWire {

  static final Cases<PartitionExpr, TableProto.PartitionExpr> CASES =
      new Cases<PartitionExpr, TableProto.PartitionExpr>()
          .on(
              PartitionExpr.Compare.class,
              compare ->
                  TableProto.PartitionExpr.newBuilder()
                      .setCompare(
                          TableProto.PartitionExpr.Compare.newBuilder()
                              .setColumn(compare.column())
                              .setOp(compare.op().name())
                              .setBound(TypeWire.encode(compare.bound())))
                      .build())
          .on(
              PartitionExpr.And.class,
              and ->
                  TableProto.PartitionExpr.newBuilder()
                      .setAnd(pair(and.left(), and.right()))
                      .build())
          .on(
              PartitionExpr.Or.class,
              or ->
                  TableProto.PartitionExpr.newBuilder().setOr(pair(or.left(), or.right())).build());

  private PartitionWire() {}

  public static TableProto.PartitionRule encode(PartitionRule rule) {
    TableProto.PartitionRule.Builder message =
        TableProto.PartitionRule.newBuilder().addAllColumns(rule.columns());
    for (PartitionRule.Bound bound : rule.bounds()) {
      message.addBounds(
          TableProto.PartitionRule.Bound.newBuilder()
              .setSql(bound.sql())
              .setExpr(encode(bound.expr())));
    }
    return message.build();
  }

  public static PartitionRule decode(TableProto.PartitionRule message) {
    List<PartitionRule.Bound> bounds =
        message.getBoundsList().stream()
            .map(bound -> new PartitionRule.Bound(bound.getSql(), decode(bound.getExpr())))
            .toList();
    return new PartitionRule(message.getColumnsList(), bounds);
  }

  public static TableProto.PartitionExpr encode(PartitionExpr expr) {
    return CASES.encode(expr);
  }

  public static PartitionExpr decode(TableProto.PartitionExpr message) {
    return switch (message.getKindCase()) {
      case COMPARE ->
          new PartitionExpr.Compare(
              message.getCompare().getColumn(),
              Messages.constant(PartitionExpr.Op.class, message.getCompare().getOp()),
              TypeWire.decode(message.getCompare().getBound()));
      case AND ->
          new PartitionExpr.And(
              decode(message.getAnd().getLeft()), decode(message.getAnd().getRight()));
      case OR ->
          new PartitionExpr.Or(
              decode(message.getOr().getLeft()), decode(message.getOr().getRight()));
      case KIND_NOT_SET -> throw Messages.unknownCase(message);
    };
  }

  private static TableProto.PartitionExpr.Pair pair(PartitionExpr left, PartitionExpr right) {
    return TableProto.PartitionExpr.Pair.newBuilder()
        .setLeft(encode(left))
        .setRight(encode(right))
        .build();
  }
}
