package io.terrane.rpc.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureRequest;
import io.terrane.api.service.MembershipService;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.rpc.channel.FlightChannels;
import io.terrane.rpc.channel.FlightEndpoint;
import io.terrane.rpc.channel.Loopback;
import io.terrane.rpc.channel.RpcConfig;
import io.terrane.rpc.region.FlightDatanodes;
import io.terrane.rpc.wire.Samples;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetaOverFlightTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Loopback loopback = new Loopback();
  private final FakeMetasrv metasrv = new FakeMetasrv();
  private final FakeMetasrv follower = new FakeMetasrv();
  private final FlightEndpoint endpoint = loopback.serve(producer(metasrv));
  private final FlightEndpoint followerEndpoint = loopback.serve(producer(follower));
  private FlightChannels channels = loopback.channels(Loopback.CONFIG);

  @AfterEach
  void everythingIsReleased() throws Exception {
    channels.close();
    endpoint.close();
    followerEndpoint.close();
    loopback.close();
  }

  @Test
  void proceduresAnswerAsTheyDoNearby() {
    ProcedureService procedures = new FlightProcedureService(client());
    for (ProcedureRequest request : Samples.REQUESTS) {
      assertThat(procedures.submit(request, "key 1").join()).isEqualTo(Samples.PROCEDURE);
      assertThat(metasrv.seen).last().isEqualTo(List.of(request, "key 1"));
    }
    assertThat(procedures.find(Samples.PROCEDURE).join()).contains(Samples.INFOS.get(0));
    assertThat(procedures.find(new ProcedureId(new UUID(7, 7))).join()).isEmpty();
    assertThat(procedures.list().join()).isEqualTo(Samples.INFOS);
    assertThat(procedures.await(Samples.PROCEDURE, LONG).join()).isEqualTo(Samples.INFOS.get(0));
    assertThat(metasrv.seen).last().isEqualTo(List.of(Samples.PROCEDURE, LONG));
    assertThat(procedures.cancel(Samples.PROCEDURE, "ann@h").join())
        .isEqualTo(Samples.INFOS.get(0));
    assertThat(metasrv.seen).last().isEqualTo(List.of(Samples.PROCEDURE, "ann@h"));
    ProcedureRequest.MigrateRegion move = Samples.MOVE;
    assertThat(procedures.explain(move).join()).isEqualTo(Samples.PLAN);
    assertThat(metasrv.seen).last().isEqualTo(move);
  }

  @Test
  void heartbeatsAndTheClusterView() {
    MembershipService membership = new FlightMembershipService(client());
    assertThat(membership.heartbeat(Samples.HEARTBEAT).join()).isEqualTo(Samples.HEARTBEAT_REPLY);
    assertThat(metasrv.seen).containsExactly(Samples.HEARTBEAT);
    assertThat(membership.cluster().join()).isEqualTo(Samples.CLUSTER);
  }

  @Test
  void everyErrorComesBackAsItself() {
    ProcedureService procedures = new FlightProcedureService(client());
    for (ErrorCode code : ErrorCode.values()) {
      metasrv.refusal = new TerraneException(code, "not '" + code + "'");
      assertThatThrownBy(() -> procedures.submit(Samples.REQUESTS.get(0), "k").join())
          .cause()
          .isInstanceOfSatisfying(
              TerraneException.class,
              error -> {
                assertThat(error.code()).isEqualTo(code);
                assertThat(error).hasMessage("not '" + code + "'");
              });
    }
  }

  @Test
  void aLongAnswerComesInPiecesAndOneAboveTheLimitIsRefused() {
    ProcedureService procedures = new FlightProcedureService(client());
    metasrv.infos = Collections.nCopies(30_000, Samples.INFOS.get(0));
    assertThat(procedures.list().join()).isEqualTo(metasrv.infos);
    metasrv.infos = Collections.nCopies(200_000, Samples.INFOS.get(0));
    assertFails(() -> procedures.list().join(), ErrorCode.RESOURCE_EXHAUSTED);
  }

  @Test
  void aQuestionForAnotherKindOfNodeIsRefused() {
    assertFails(
        () ->
            new FlightDatanodes(node -> Optional.of(Loopback.address(endpoint)), channels)
                .at(new NodeId(1))
                .instruct(Samples.INSTRUCTIONS.get(4))
                .join(),
        ErrorCode.UNSUPPORTED);
  }

  @Test
  void theLeaderIsFoundAndRemembered() {
    follower.refusal = new TerraneException(ErrorCode.NOT_METASRV_LEADER, "not me");
    MembershipService membership =
        new FlightMembershipService(
            new MetaClient(
                channels,
                List.of(
                    "127.0.0.1:1", Loopback.address(followerEndpoint), Loopback.address(endpoint)),
                loopback.scheduler()));
    assertThat(membership.cluster().join()).isEqualTo(Samples.CLUSTER);
    assertThat(membership.cluster().join()).isEqualTo(Samples.CLUSTER);
    assertThat(follower.seen).hasSize(1);
    metasrv.refusal = follower.refusal;
    assertFails(() -> membership.cluster().join(), ErrorCode.NOT_METASRV_LEADER);
  }

  @Test
  void aSubmissionWithoutAnAnswerHasAnUnknownOutcomeAndAQuestionCanBeAskedAgain() {
    metasrv.silent = true;
    channels.close();
    channels = loopback.channels(hasty());
    ProcedureService procedures = new FlightProcedureService(client());
    assertFails(
        () -> procedures.submit(Samples.REQUESTS.get(0), "k").join(),
        ErrorCode.METADATA_OUTCOME_UNKNOWN);
    assertFails(() -> procedures.list().join(), ErrorCode.TIMED_OUT);
  }

  @Test
  void nobodyListens() {
    endpoint.close();
    ProcedureService procedures = new FlightProcedureService(client());
    assertFails(
        () -> procedures.submit(Samples.REQUESTS.get(0), "k").join(), ErrorCode.NODE_UNREACHABLE);
  }

  @Test
  void theCatalogueIsFollowed() throws Exception {
    try (FlightCatalogService catalog = new FlightCatalogService(client(), loopback.scheduler())) {
      assertThat(catalog.snapshot().version()).isZero();
      catalog.start();
      assertThat(get(catalog.newerThan(0, LONG)).version()).isEqualTo(1);
      CompletableFuture<CatalogSnapshot> next = catalog.newerThan(1, LONG);
      assertThat(next).isNotDone();
      metasrv.moveOn(5);
      assertThat(get(next).version()).isEqualTo(5);
      assertThat(catalog.snapshot().version()).isEqualTo(5);
      assertThat(catalog.snapshot().tables()).containsExactly(Samples.TABLE_INFO);
      assertThat(get(catalog.newerThan(5, Duration.ofMillis(1))).version()).isEqualTo(5);
    }
  }

  @Test
  void theLatestCatalogueIsAskedForAndKept() throws Exception {
    try (FlightCatalogService catalog = new FlightCatalogService(client(), loopback.scheduler())) {
      assertThat(get(catalog.latest()).version()).isEqualTo(1);
      assertThat(get(catalog.latest())).isSameAs(catalog.snapshot());
      metasrv.moveOn(2);
      assertThat(get(catalog.latest()).version()).isEqualTo(2);
      assertThat(catalog.snapshot().version()).isEqualTo(2);
    }
  }

  @Test
  void aCatalogueOutlivesTheMetasrvAndCatchesUp() throws Exception {
    try (FlightCatalogService catalog = new FlightCatalogService(client(), loopback.scheduler())) {
      metasrv.refusal = new TerraneException(ErrorCode.SHUTTING_DOWN, "in a moment");
      catalog.start();
      assertFails(() -> catalog.latest().join(), ErrorCode.SHUTTING_DOWN);
      CompletableFuture<CatalogSnapshot> next = catalog.newerThan(0, LONG);
      metasrv.refusal = null;
      assertThat(get(next).version()).isEqualTo(1);
    }
  }

  @Test
  void closingAnswersThoseWhoWait() throws Exception {
    FlightCatalogService catalog = new FlightCatalogService(client(), loopback.scheduler());
    CompletableFuture<CatalogSnapshot> next = catalog.newerThan(0, LONG);
    catalog.close();
    assertThat(get(next).version()).isZero();
  }

  private MetaClient client() {
    return new MetaClient(channels, List.of(Loopback.address(endpoint)), loopback.scheduler());
  }

  private static MetaFlightProducer producer(FakeMetasrv metasrv) {
    return new MetaFlightProducer(metasrv, metasrv, metasrv);
  }

  private static CatalogSnapshot get(CompletableFuture<CatalogSnapshot> answer) throws Exception {
    return answer.get(20, TimeUnit.SECONDS);
  }

  private static RpcConfig hasty() {
    RpcConfig usual = Loopback.CONFIG;
    return new RpcConfig(
        usual.connectTimeout(),
        Duration.ofMillis(300),
        usual.instructionTimeout(),
        usual.writeTimeout(),
        usual.scanTimeout(),
        usual.keepAlive(),
        usual.silenceMax(),
        usual.messageBytesMax());
  }

  private static void assertFails(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .satisfies(
            failure ->
                assertThat(TerraneException.of(failure).code())
                    .as(failure.toString())
                    .isEqualTo(code));
  }
}
