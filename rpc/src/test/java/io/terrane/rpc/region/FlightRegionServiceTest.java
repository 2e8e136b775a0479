package io.terrane.rpc.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.WriteMode;
import io.terrane.api.service.RegionService;
import io.terrane.rpc.channel.FlightChannels;
import io.terrane.rpc.channel.FlightEndpoint;
import io.terrane.rpc.channel.Loopback;
import io.terrane.rpc.channel.RpcConfig;
import io.terrane.rpc.wire.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlightRegionServiceTest extends RegionServiceContract {

  private FlightEndpoint endpoint;
  private String address;
  private FlightChannels channels;

  @BeforeEach
  void connect() {
    endpoint = loopback.serve(producer());
    address = Loopback.address(endpoint);
    channels = loopback.channels(Loopback.CONFIG);
  }

  @AfterEach
  @Override
  void everythingIsReleased() throws Exception {
    channels.close();
    endpoint.close();
    super.everythingIsReleased();
  }

  @Override
  RegionService service() {
    return new FlightDatanodes(node -> Optional.of(address), channels).at(new NodeId(1));
  }

  @Test
  void aSlowReaderHoldsTheScanBack() {
    regions.batches = 10_000;
    regions.batchRows = 100_000;
    try (BatchStream stream = scan()) {
      stream.advance(batch -> {});
      // 10,000 batches are 8 GB; what may be on the way is a few buffers' worth.
      assertThat(loopback.allocator().getAllocatedMemory()).isLessThan(64 << 20);
    }
    assertThat(regions.batchesLent.get()).isLessThan(500);
  }

  @Test
  void theQuerysOwnMemoryLimitHolds() {
    regions.batchRows = 100_000;
    try (BufferAllocator query = loopback.allocator().newChildAllocator("query", 0, 100_000);
        BatchStream stream = service().scan(Samples.REGION, Samples.EPOCH, Samples.SCAN, query)) {
      assertFails(() -> stream.advance(batch -> {}), ErrorCode.QUERY_MEMORY_EXCEEDED);
    }
  }

  @Test
  void nobodyListens() {
    endpoint.close();
    assertFails(this::scan, ErrorCode.NODE_UNREACHABLE);
    assertFails(() -> write(1, WriteMode.UPSERT).join(), ErrorCode.NODE_UNREACHABLE);
    assertFails(
        () -> service().instruct(Samples.INSTRUCTIONS.get(4)).join(), ErrorCode.NODE_UNREACHABLE);
    assertThat(regions.seen).isEmpty();
  }

  @Test
  void aNodeWithoutAnAddress() {
    RegionService nowhere =
        new FlightDatanodes(node -> Optional.empty(), channels).at(new NodeId(7));
    assertFails(
        () -> nowhere.scan(Samples.REGION, Samples.EPOCH, Samples.SCAN, loopback.allocator()),
        ErrorCode.NODE_UNREACHABLE);
    assertFails(
        () -> nowhere.instruct(Samples.INSTRUCTIONS.get(4)).join(), ErrorCode.NODE_UNREACHABLE);
  }

  @Test
  void aNodeThatCameBackIsFoundAtOnce() {
    assertThat(write(1, WriteMode.UPSERT).join()).isEqualTo(new AffectedRows(1));
    int port = endpoint.port();
    endpoint.close();
    assertFails(() -> write(1, WriteMode.UPSERT).join(), ErrorCode.NODE_UNREACHABLE);
    endpoint = loopback.serve(producer(), port);
    assertThat(write(1, WriteMode.UPSERT).join()).isEqualTo(new AffectedRows(1));
  }

  @Test
  void aWriteWithoutAnAnswerHasAnUnknownOutcome() throws Exception {
    regions.writeAnswer = new CompletableFuture<>();
    CompletableFuture<AffectedRows> pending = write(1, WriteMode.UPSERT);
    assertThat(regions.writeArrived.await(20, TimeUnit.SECONDS)).isTrue();
    // The endpoint breaks the call off; the region answers afterwards, to nobody.
    loopback.threads().execute(endpoint::close);
    assertFails(pending::join, ErrorCode.WRITE_OUTCOME_UNKNOWN);
    regions.writeAnswer.complete(new AffectedRows(1));
  }

  @Test
  void aWriteThatTakesTooLongHasAnUnknownOutcome() {
    regions.writeAnswer = new CompletableFuture<>();
    try (FlightChannels hasty = loopback.channels(hasty())) {
      RegionService service =
          new FlightDatanodes(node -> Optional.of(address), hasty).at(new NodeId(1));
      channels.close();
      channels = hasty;
      assertFails(() -> write(1, WriteMode.UPSERT).join(), ErrorCode.WRITE_OUTCOME_UNKNOWN);
      regions.reply = new CompletableFuture<>();
      assertFails(() -> service.instruct(Samples.INSTRUCTIONS.get(4)).join(), ErrorCode.TIMED_OUT);
      regions.writeAnswer.complete(new AffectedRows(1));
    }
  }

  @Test
  void aScanThatHangsEndsAtItsDeadline() throws Exception {
    regions.storage = new CountDownLatch(1);
    channels.close();
    channels = loopback.channels(hasty());
    try (BatchStream stream = scan()) {
      assertThat(stream.schema()).isEqualTo(FakeRegions.NUMBERS);
      assertFails(() -> stream.advance(batch -> {}), ErrorCode.TIMED_OUT);
    }
    regions.storage.countDown();
    assertThat(regions.scanClosed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aNodeThatDiesEndsItsScans() throws Exception {
    regions.storage = new CountDownLatch(1);
    try (BatchStream stream = scan()) {
      assertThat(stream.schema()).isEqualTo(FakeRegions.NUMBERS);
      endpoint.close();
      assertFails(() -> stream.advance(batch -> {}), ErrorCode.NODE_UNREACHABLE);
    }
    regions.storage.countDown();
    assertThat(regions.scanClosed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void scansThatEndAnywhereLeaveNothingBehind() throws Exception {
    long seed = 20261125;
    Random random = new Random(seed);
    regions.batches = 20;
    regions.batchRows = 20_000;
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int wanted = random.nextInt(25);
      readers.add(loopback.threads().submit(() -> read(wanted)));
    }
    for (Future<?> reader : readers) {
      reader.get(60, TimeUnit.SECONDS);
    }
    System.out.println("closed 60 scans at batches drawn from seed " + seed);
  }

  private void read(int wanted) {
    try (BatchStream stream = scan()) {
      int left = wanted;
      while (left > 0 && stream.advance(batch -> assertThat(batch.getRowCount()).isPositive())) {
        left--;
      }
    }
  }

  @Test
  void aWriteOfManyMegabytesFitsAndOneAboveTheLimitIsRefusedUnsent() {
    assertThat(write(1_500_000, WriteMode.UPSERT).join()).isEqualTo(new AffectedRows(1_500_000));
    assertFails(() -> write(3_000_000, WriteMode.UPSERT).join(), ErrorCode.RESOURCE_EXHAUSTED);
    assertThat(regions.seen).hasSize(1);
  }

  private RegionFlightProducer producer() {
    return new RegionFlightProducer(regions, loopback.allocator(), loopback.threads());
  }

  private static RpcConfig hasty() {
    Duration soon = Duration.ofMillis(300);
    RpcConfig usual = Loopback.CONFIG;
    return new RpcConfig(
        usual.connectTimeout(),
        soon,
        soon,
        soon,
        soon,
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
