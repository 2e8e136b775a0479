package io.terrane.meta.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.testing.SimulatedScheduler;
import io.terrane.log.LogEntry;
import io.terrane.log.LogRecord;
import io.terrane.log.LogTopic;
import io.terrane.log.SharedLog;
import io.terrane.log.testing.InMemorySharedLog;
import io.terrane.meta.testing.FaultyLog;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.testing.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataStoreTest {
  private static final LogTopic TOPIC = new LogTopic("metadata");
  private static final ObjectKey FOLDER = ObjectKey.of("meta", "snapshots");

  private final SimulatedScheduler scheduler = new SimulatedScheduler();
  private final InMemorySharedLog plainLog = new InMemorySharedLog(scheduler);
  private final FaultyLog log = new FaultyLog(plainLog);
  private final InMemoryObjectStore objects = new InMemoryObjectStore(scheduler);
  private final Random random = new Random(1);

  @Test
  void whatWasCommittedIsThereForEveryReplica() {
    MetadataStore store = leading(1_000);
    done(put(store, "a"));
    assertThat(names(store)).containsExactly("a");
    MetadataStore follower = started(1_000);
    assertThat(names(follower)).containsExactly("a");
    done(put(store, "b"));
    scheduler.runUntilIdle();
    assertThat(names(follower)).containsExactly("a", "b");
    assertSameImage(follower, store);
  }

  @Test
  void editsThatWaitAreCommittedTogetherAndSeeEachOther() {
    MetadataStore store = leading(1_000);
    long before = log.appends();
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(put(store, "d" + i));
    }
    CompletableFuture<String> twice = put(store, "d7");
    all.forEach(this::done);
    assertThat(failure(twice).code()).isEqualTo(ErrorCode.CONFLICT);
    assertThat(log.appends() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void aRefusalOfTheAuthorCostsNothing() {
    MetadataStore store = leading(1_000);
    long before = log.appends();
    CompletableFuture<String> refused =
        store.commit(
            image -> {
              throw new TerraneException(ErrorCode.TABLE_EXISTS, "no");
            });
    assertThat(failure(refused).code()).isEqualTo(ErrorCode.TABLE_EXISTS);
    assertThat(log.appends()).isEqualTo(before);
  }

  @Test
  void aLostAnswerToAnEditThatIsInTheLogIsFoundThere() {
    MetadataStore store = leading(1_000);
    log.failAppend(1, FaultyLog.Fault.ANSWER_LOST);
    done(put(store, "a"));
    assertThat(names(store)).containsExactly("a");
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyLog.Fault.class,
      names = {"NOT_WRITTEN", "UNAVAILABLE", "WRITTEN_LATE"})
  void anEditThatDidNotGetThereInTimeNeverTakesEffect(FaultyLog.Fault fault) {
    MetadataStore store = leading(1_000);
    log.failAppend(1, fault);
    assertThat(failure(put(store, "a")).code()).isEqualTo(ErrorCode.LOG_UNAVAILABLE);
    done(put(store, "b"));
    assertThat(names(store)).containsExactly("b");
    done(put(store, "a"));
    assertThat(names(started(1_000))).containsExactly("a", "b");
  }

  @Test
  void ifTheLogNeverTellsTheOutcomeIsSaidToBeUnknown() {
    MetadataStore store = leading(1_000);
    log.failFrom(1, FaultyLog.Fault.NOT_WRITTEN);
    assertThat(failure(put(store, "a")).code()).isEqualTo(ErrorCode.METADATA_OUTCOME_UNKNOWN);
    log.heal();
    done(put(store, "b"));
    assertThat(names(store)).containsExactly("b");
  }

  @Test
  void aDeposedLeaderIsRefusedAndItsLateEditsHaveNoEffect() {
    MetadataStore old = leading(1_000);
    log.failAppend(1, FaultyLog.Fault.WRITTEN_LATE);
    CompletableFuture<String> late = put(old, "late");
    MetadataStore next = leading(1_000);
    done(put(next, "a"));
    assertThat(failure(late).code()).isIn(ErrorCode.LOG_UNAVAILABLE, ErrorCode.NOT_METASRV_LEADER);
    assertThat(old.isLeader()).isFalse();
    assertThat(failure(put(old, "b")).code()).isEqualTo(ErrorCode.NOT_METASRV_LEADER);
    assertThat(names(next)).containsExactly("a");
    assertSameImage(next, old);
  }

  @Test
  void latestShowsWhatOthersCommittedBeforeTheCall() {
    MetadataStore store = leading(1_000);
    MetadataStore follower = started(1_000);
    CompletableFuture<String> put = put(store, "a");
    done(put);
    CompletableFuture<MetadataImage> latest = follower.latest();
    assertThat(done(latest).catalog().findDatabase("a")).isPresent();
  }

  @Test
  void snapshotsLetTheLogBeTrimmedAndAReplicaStartFromThem() {
    MetadataStore store = leading(10);
    for (int i = 0; i < 100; i++) {
      done(put(store, "d" + i));
    }
    assertThat(done(objects.list(FOLDER))).hasSize(2);
    assertThat(done(plainLog.start(TOPIC))).isGreaterThan(70);
    assertSameImage(started(10), store);
  }

  @Test
  void aCleanCloseLeavesASnapshotOfEverything() {
    MetadataStore store = leading(1_000);
    done(put(store, "a"));
    done(store.closeCleanly());
    assertThat(done(objects.list(FOLDER)))
        .extracting(info -> info.key().name())
        .containsExactly(String.format("%020d.json", store.image().version()));
    assertThat(names(started(1_000))).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 17})
  void aSnapshotThatCannotBeReadIsSkipped(int keptBytes) {
    MetadataStore store = leading(10);
    for (int i = 0; i < 40; i++) {
      done(put(store, "d" + i));
    }
    ObjectKey newest = done(objects.list(FOLDER)).get(1).key();
    byte[] content = done(objects.get(newest));
    done(objects.delete(newest));
    done(objects.create(newest, Arrays.copyOf(content, keptBytes)));
    assertSameImage(started(10), store);
  }

  @Test
  void aLogThatEndsBeforeItsSnapshotIsRefused() {
    MetadataStore store = leading(1_000);
    done(put(store, "a"));
    done(store.closeCleanly());
    InMemorySharedLog emptyLog = new InMemorySharedLog(scheduler);
    assertThat(failure(open(emptyLog, 1_000).start()).code()).isEqualTo(ErrorCode.CORRUPTED);
  }

  @Test
  void aRecordThatCannotBeReadStopsTheReplica() {
    MetadataStore store = leading(1_000);
    plainLog.append(
        TOPIC, new LogRecord(Map.of(), "{\"formatVersion\":99}".getBytes(StandardCharsets.UTF_8)));
    assertThat(failure(put(store, "a")).code()).isEqualTo(ErrorCode.CORRUPTED);
    assertThat(store.isLeader()).isFalse();
    assertThat(failure(store.latest()).code()).isEqualTo(ErrorCode.CORRUPTED);
  }

  @Test
  void replayingTheLogGivesTheSameBytes() {
    MetadataStore store = leading(1_000);
    for (int i = 0; i < 20; i++) {
      put(store, "d" + random.nextInt(10));
    }
    scheduler.runUntilIdle();
    MetadataImage image = MetadataImage.EMPTY;
    for (LogEntry entry : done(plainLog.read(TOPIC, 0).poll(Duration.ZERO))) {
      MetadataBatch batch = EditCodec.decode(entry.record().value());
      image = image.after(batch, entry.position() + 1).image();
    }
    assertThat(ImageCodec.encode(image)).isEqualTo(ImageCodec.encode(store.image()));
  }

  private MetadataStore leading(long snapshotEveryEdits) {
    MetadataStore store = started(snapshotEveryEdits);
    done(store.takeLeadership());
    return store;
  }

  private MetadataStore started(long snapshotEveryEdits) {
    MetadataStore store = open(log.open(), snapshotEveryEdits);
    done(store.start());
    return store;
  }

  private MetadataStore open(SharedLog shared, long snapshotEveryEdits) {
    return new MetadataStore(
        shared,
        TOPIC,
        new MetadataSnapshots(objects, FOLDER),
        scheduler,
        scheduler,
        random,
        snapshotEveryEdits);
  }

  private static CompletableFuture<String> put(MetadataStore store, String name) {
    Function<MetadataImage, Proposal<String>> author =
        image ->
            new Proposal<>(
                MetadataEdit.of(
                        new Change.PutDatabase(new DatabaseInfo(name, Map.of(), Instant.EPOCH)))
                    .requiring(new Requirement.DatabaseIsAbsent(name)),
                name);
    return store.commit(author);
  }

  private static void assertSameImage(MetadataStore one, MetadataStore other) {
    assertThat(ImageCodec.encode(one.image())).isEqualTo(ImageCodec.encode(other.image()));
  }

  private static List<String> names(MetadataStore store) {
    return store.image().catalog().databases().stream().map(DatabaseInfo::name).toList();
  }

  private <T> T done(CompletableFuture<T> future) {
    scheduler.runFor(Duration.ofSeconds(10));
    assertThat(future).isDone();
    return future.join();
  }

  private TerraneException failure(CompletableFuture<?> future) {
    scheduler.runFor(Duration.ofSeconds(10));
    assertThat(future).isCompletedExceptionally();
    return TerraneException.of(future.handle((value, thrown) -> thrown).join());
  }
}
