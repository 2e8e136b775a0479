package io.terrane.rpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.fragment.PlanFragment;
import io.terrane.api.fragment.ScalarExpr;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.region.RouteVersion;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.api.table.PartitionExpr;
import io.terrane.rpc.proto.CatalogProto;
import io.terrane.rpc.proto.FragmentProto;
import io.terrane.rpc.proto.NodeProto;
import io.terrane.rpc.proto.ProcedureProto;
import io.terrane.rpc.proto.RegionProto;
import io.terrane.rpc.proto.TableProto;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class WireRoundTripTest {

  @Test
  void everyInstruction() {
    allCasesCross(
        RegionInstruction.class,
        InstructionWire.CASES,
        Samples.INSTRUCTIONS,
        InstructionWire::encode,
        RegionProto.RegionInstruction.parser(),
        InstructionWire::decode);
  }

  @Test
  void everyInstructionReply() {
    allCasesCross(
        InstructionReply.class,
        InstructionWire.REPLY_CASES,
        Samples.REPLIES,
        InstructionWire::encode,
        RegionProto.InstructionReply.parser(),
        InstructionWire::decode);
  }

  @Test
  void everyFragment() {
    allCasesCross(
        PlanFragment.class,
        FragmentWire.CASES,
        Samples.FRAGMENTS,
        FragmentWire::encode,
        FragmentProto.PlanFragment.parser(),
        FragmentWire::decode);
  }

  @Test
  void everyExpression() {
    allCasesCross(
        ScalarExpr.class,
        ExprWire.CASES,
        Samples.EXPRS,
        ExprWire::encode,
        FragmentProto.ScalarExpr.parser(),
        ExprWire::decode);
  }

  @Test
  void everyPartitionCondition() {
    allCasesCross(
        PartitionExpr.class,
        PartitionWire.CASES,
        Samples.PARTITION_EXPRS,
        PartitionWire::encode,
        TableProto.PartitionExpr.parser(),
        PartitionWire::decode);
  }

  @Test
  void everyProcedureRequest() {
    allCasesCross(
        ProcedureRequest.class,
        ProcedureWire.CASES,
        Samples.REQUESTS,
        ProcedureWire::encode,
        ProcedureProto.ProcedureRequest.parser(),
        ProcedureWire::decode);
  }

  @Test
  void everyTypeOfValue() {
    cross(Samples.DATUMS, TypeWire::encode, TableProto.Datum.parser(), TypeWire::decode);
    assertThat(Samples.DATUMS.stream().map(datum -> datum.type().kind()))
        .contains(DataType.Kind.values());
  }

  @Test
  void proceduresNodesAndHeartbeats() {
    cross(
        Samples.INFOS,
        ProcedureWire::encode,
        ProcedureProto.ProcedureInfo.parser(),
        ProcedureWire::decode);
    cross(
        List.of(Samples.PROCEDURE),
        ProcedureWire::encode,
        ProcedureProto.ProcedureId.parser(),
        ProcedureWire::decode);
    cross(
        List.of(Samples.HEARTBEAT),
        NodeWire::encode,
        NodeProto.Heartbeat.parser(),
        NodeWire::decode);
    cross(
        List.of(Samples.HEARTBEAT_REPLY),
        NodeWire::encode,
        NodeProto.HeartbeatReply.parser(),
        NodeWire::decode);
    cross(
        List.of(Samples.CLUSTER),
        NodeWire::encode,
        NodeProto.ClusterView.parser(),
        NodeWire::decode);
  }

  @Test
  void aCatalogueWithAllItHolds() {
    CatalogSnapshot sent = Samples.catalog(7);
    CatalogSnapshot read =
        CatalogWire.decode(
            Messages.read(
                CatalogProto.CatalogSnapshot.parser(), CatalogWire.encode(sent).toByteString()));
    assertThat(read.version()).isEqualTo(7);
    assertThat(read.databases()).containsExactlyElementsOf(sent.databases());
    assertThat(read.tables()).containsExactlyElementsOf(sent.tables());
    assertThat(read.views()).containsExactlyElementsOf(sent.views());
    assertThat(read.routes()).containsExactlyInAnyOrderElementsOf(sent.routes());
  }

  @Test
  void everyErrorCodeKeepsItsNumberAndText() {
    for (ErrorCode code : ErrorCode.values()) {
      TerraneException read =
          ErrorWire.decode(ErrorWire.encode(new TerraneException(code, "'ü' is wrong")));
      assertThat(read.code()).isEqualTo(code);
      assertThat(read).hasMessage("'ü' is wrong");
      assertThat(read.routeVersion()).isEmpty();
    }
  }

  @Test
  void aMovedRouteKeepsItsVersion() {
    TerraneException sent = TerraneException.regionNotLeader("moved", new RouteVersion(9));
    assertThat(ErrorWire.decode(ErrorWire.encode(sent)).routeVersion())
        .contains(new RouteVersion(9));
  }

  @Test
  void aLongErrorTextIsCut() {
    TerraneException sent = new TerraneException(ErrorCode.INTERNAL, "x".repeat(100_000));
    assertThat(ErrorWire.decode(ErrorWire.encode(sent)).getMessage())
        .hasSize(ErrorWire.MESSAGE_CHARS_MAX);
  }

  @Test
  void aChainOfAThousandConditionsCrosses() {
    ScalarExpr chain = Samples.CALL;
    for (int i = 0; i < 1_000; i++) {
      chain = new ScalarExpr.Call("and", List.of(chain, Samples.CALL), DataType.BOOLEAN);
    }
    FragmentProto.ScalarExpr message =
        Messages.read(FragmentProto.ScalarExpr.parser(), ExprWire.encode(chain).toByteString());
    ScalarExpr read = ExprWire.decode(message);
    int depth = 0;
    while (read instanceof ScalarExpr.Call call && call.function().equals("and")) {
      depth++;
      read = call.arguments().get(0);
    }
    assertThat(depth).isEqualTo(1_000);
    assertThat(read).isEqualTo(Samples.CALL);
  }

  @Test
  void whatIsNotKnownIsRefused() {
    assertCode(
        ErrorCode.UNSUPPORTED,
        () -> FragmentWire.decode(FragmentProto.PlanFragment.getDefaultInstance()));
    assertCode(
        ErrorCode.CORRUPTED, () -> ExprWire.decode(FragmentProto.ScalarExpr.getDefaultInstance()));
    assertCode(
        ErrorCode.CORRUPTED,
        () ->
            ExprWire.decode(
                FragmentProto.ScalarExpr.newBuilder()
                    .addNodes(ExprWire.CASES.encode(Samples.CALL))
                    .build()));
    assertCode(
        ErrorCode.UNSUPPORTED,
        () -> TypeWire.decode(TableProto.DataType.newBuilder().setKind("MATRIX").build()));
    assertCode(
        ErrorCode.CORRUPTED,
        () -> Messages.read(TableProto.Datum.parser(), new byte[] {(byte) 0xFF, 1}));
    assertThat(TypeWire.decode(TypeWire.encode(Datum.ofNull(DataType.DATE))).isNull()).isTrue();
  }

  private static void assertCode(ErrorCode code, Runnable decoding) {
    assertThatThrownBy(decoding::run)
        .isInstanceOfSatisfying(
            TerraneException.class, error -> assertThat(error.code()).isEqualTo(code));
  }

  private static <S, M extends MessageLite> void allCasesCross(
      Class<S> sealed,
      Cases<S, ?> cases,
      Collection<? extends S> samples,
      Function<S, M> encode,
      Parser<M> parser,
      Function<M, ? extends S> decode) {
    assertThat(cases.types()).containsExactlyInAnyOrder(sealed.getPermittedSubclasses());
    assertThat(samples.stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(List.of(sealed.getPermittedSubclasses()));
    cross(samples, encode, parser, decode);
  }

  private static <S, M extends MessageLite> void cross(
      Collection<? extends S> samples,
      Function<S, M> encode,
      Parser<M> parser,
      Function<M, ? extends S> decode) {
    for (S sample : samples) {
      M message = Messages.read(parser, encode.apply(sample).toByteString());
      assertThat(decode.apply(message)).isEqualTo(sample);
    }
  }
}
