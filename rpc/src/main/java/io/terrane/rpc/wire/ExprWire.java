package io.terrane.rpc.wire;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.AggregateCall;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.fragment.SortKey;
import io.terrane.rpc.proto.FragmentProto;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Expressions, aggregate calls and sort keys. */
public final class ExprWire {

  static final Cases<ScalarExpr, FragmentProto.ScalarExpr.Node> CASES =
      new Cases<ScalarExpr, FragmentProto.ScalarExpr.Node>()
          .on(
              ScalarExpr.ColumnRef.class,
              ref ->
                  FragmentProto.ScalarExpr.Node.newBuilder()
                      .setColumnRef(
                          FragmentProto.ScalarExpr.ColumnRef.newBuilder()
                              .setIndex(ref.index())
                              .setType(TypeWire.encode(ref.type())))
                      .build())
          .on(
              ScalarExpr.Literal.class,
              literal ->
                  FragmentProto.ScalarExpr.Node.newBuilder()
                      .setLiteral(TypeWire.encode(literal.value()))
                      .build())
          .on(
              ScalarExpr.Call.class,
              call ->
                  FragmentProto.ScalarExpr.Node.newBuilder()
                      .setCall(
                          FragmentProto.ScalarExpr.Call.newBuilder()
                              .setFunction(call.function())
                              .setArguments(call.arguments().size())
                              .setType(TypeWire.encode(call.type())))
                      .build());

  private ExprWire() {}

  public static FragmentProto.ScalarExpr encode(ScalarExpr expr) {
    FragmentProto.ScalarExpr.Builder message = FragmentProto.ScalarExpr.newBuilder();
    append(expr, message);
    return message.build();
  }

  private static void append(ScalarExpr expr, FragmentProto.ScalarExpr.Builder message) {
    if (expr instanceof ScalarExpr.Call call) {
      for (ScalarExpr argument : call.arguments()) {
        append(argument, message);
      }
    }
    message.addNodes(CASES.encode(expr));
  }

  public static ScalarExpr decode(FragmentProto.ScalarExpr message) {
    List<ScalarExpr> stack = new ArrayList<>();
    for (FragmentProto.ScalarExpr.Node node : message.getNodesList()) {
      stack.add(decode(node, stack));
    }
    if (stack.size() != 1) {
      throw malformed(stack.size() + " expressions where there is one");
    }
    return stack.get(0);
  }

  private static ScalarExpr decode(FragmentProto.ScalarExpr.Node node, List<ScalarExpr> stack) {
    return switch (node.getKindCase()) {
      case COLUMN_REF ->
          new ScalarExpr.ColumnRef(
              node.getColumnRef().getIndex(), TypeWire.decode(node.getColumnRef().getType()));
      case LITERAL -> new ScalarExpr.Literal(TypeWire.decode(node.getLiteral()));
      case CALL -> decode(node.getCall(), stack);
      case KIND_NOT_SET -> throw Messages.unknownCase(node);
    };
  }

  private static ScalarExpr decode(FragmentProto.ScalarExpr.Call call, List<ScalarExpr> stack) {
    int first = stack.size() - call.getArguments();
    if (first < 0 || call.getArguments() < 0) {
      throw malformed(call.getFunction() + " lacks arguments");
    }
    List<ScalarExpr> arguments = stack.subList(first, stack.size());
    ScalarExpr decoded =
        new ScalarExpr.Call(call.getFunction(), arguments, TypeWire.decode(call.getType()));
    arguments.clear();
    return decoded;
  }

  private static TerraneException malformed(String why) {
    return new TerraneException(ErrorCode.CORRUPTED, "read an expression: " + why);
  }

  static FragmentProto.AggregateCall encode(AggregateCall call) {
    FragmentProto.AggregateCall.Builder message =
        FragmentProto.AggregateCall.newBuilder()
            .setFunction(call.function())
            .addAllArguments(call.arguments())
            .setDistinct(call.distinct())
            .setType(TypeWire.encode(call.type()));
    call.filter().ifPresent(message::setFilter);
    call.order().forEach(key -> message.addOrder(encode(key)));
    return message.build();
  }

  static AggregateCall decode(FragmentProto.AggregateCall message) {
    return new AggregateCall(
        message.getFunction(),
        message.getArgumentsList(),
        message.getDistinct(),
        message.hasFilter() ? OptionalInt.of(message.getFilter()) : OptionalInt.empty(),
        message.getOrderList().stream().map(ExprWire::decode).toList(),
        TypeWire.decode(message.getType()));
  }

  static FragmentProto.SortKey encode(SortKey key) {
    return FragmentProto.SortKey.newBuilder()
        .setColumn(key.column())
        .setDescending(key.descending())
        .setNullsFirst(key.nullsFirst())
        .build();
  }

  static SortKey decode(FragmentProto.SortKey message) {
    return new SortKey(message.getColumn(), message.getDescending(), message.getNullsFirst());
  }
}
