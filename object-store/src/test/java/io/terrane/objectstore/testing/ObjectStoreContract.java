package io.terrane.objectstore.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.objectstore.ObjectInfo;
import io.terrane.objectstore.ObjectKey;
import io.terrane.objectstore.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ObjectStore} does. Tests use folders of their own: the bucket may be shared.
 */
public abstract class ObjectStoreContract {
  private static final AtomicInteger FOLDERS = new AtomicInteger();
  private static final int WRITERS = 8;
  private static final int RACES = 30;

  protected final ExecutorService executor = Executors.newCachedThreadPool();
  private final ObjectKey folder = ObjectKey.of("contract", "f" + FOLDERS.incrementAndGet());
  private final ObjectKey key = folder.child("object");
  private ObjectStore store;

  /** A store for one test. */
  protected abstract ObjectStore open() throws Exception;

  /** After each test. */
  protected void close(ObjectStore opened) {
    opened.close();
  }

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    close(store);
    executor.shutdownNow();
  }

  @Test
  void whatIsCreatedIsThere() {
    assertThat(await(store.create(key, bytes("content")))).isTrue();
    assertThat(await(store.get(key))).isEqualTo(bytes("content"));
    ObjectInfo found = await(store.find(key)).orElseThrow();
    assertThat(found.key()).isEqualTo(key);
    assertThat(found.size()).isEqualTo(7);
  }

  @Test
  void anEmptyObjectIsAnObject() {
    assertThat(await(store.create(key, new byte[0]))).isTrue();
    assertThat(await(store.get(key))).isEmpty();
    assertThat(await(store.get(key, 0, 10))).isEmpty();
    assertThat(await(store.find(key))).hasValueSatisfying(i -> assertThat(i.size()).isZero());
  }

  @Test
  void aLargeObjectComesBackWhole() {
    byte[] content = new byte[5_000_017];
    new Random(7).nextBytes(content);
    assertThat(await(store.create(key, content))).isTrue();
    assertThat(await(store.get(key))).isEqualTo(content);
    assertThat(await(store.get(key, 4_999_999, 18)))
        .isEqualTo(Arrays.copyOfRange(content, 4_999_999, 5_000_017));
  }

  /** Large enough to be written in parts where a store does that. */
  @Test
  void aVeryLargeObjectIsOneObject() {
    byte[] content = new byte[12_000_001];
    new Random(8).nextBytes(content);
    assertThat(await(store.create(key, content))).isTrue();
    assertThat(await(store.get(key))).isEqualTo(content);
    assertThat(await(store.get(key, 5_242_870, 20)))
        .isEqualTo(Arrays.copyOfRange(content, 5_242_870, 5_242_890));
    assertThat(await(store.find(key)).orElseThrow().size()).isEqualTo(12_000_001);
    assertThat(await(store.list(folder))).extracting(ObjectInfo::key).containsExactly(key);
    assertThat(await(store.create(key, content))).isTrue();
    byte[] other = content.clone();
    other[11_000_000] ^= 1;
    assertThat(await(store.create(key, other))).isFalse();
    assertThat(await(store.create(key, bytes("small")))).isFalse();
    assertThat(await(store.get(key))).isEqualTo(content);
    assertThat(await(store.list(folder))).extracting(ObjectInfo::key).containsExactly(key);
  }

  @Test
  void anObjectIsNeverReplaced() {
    await(store.create(key, bytes("first")));
    assertThat(await(store.create(key, bytes("other")))).isFalse();
    assertThat(await(store.create(key, bytes("longer than the first")))).isFalse();
    assertThat(await(store.get(key))).isEqualTo(bytes("first"));
  }

  @Test
  void creatingTheSameAgainIsASuccess() {
    await(store.create(key, bytes("same")));
    assertThat(await(store.create(key, bytes("same")))).isTrue();
  }

  @Test
  void rangesEndWhereTheObjectEnds() {
    await(store.create(key, bytes("0123456789")));
    assertThat(await(store.get(key, 0, 10))).isEqualTo(bytes("0123456789"));
    assertThat(await(store.get(key, 3, 4))).isEqualTo(bytes("3456"));
    assertThat(await(store.get(key, 8, 100))).isEqualTo(bytes("89"));
    assertThat(await(store.get(key, 10, 5))).isEmpty();
    assertThat(await(store.get(key, 1_000, 5))).isEmpty();
    assertThat(await(store.get(key, 3, 0))).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertFails(store.get(key), ErrorCode.OBJECT_NOT_FOUND);
    assertFails(store.get(key, 0, 1), ErrorCode.OBJECT_NOT_FOUND);
    assertThat(await(store.find(key))).isEmpty();
    assertThat(await(store.list(folder))).isEmpty();
    await(store.delete(key));
  }

  @Test
  void deletedObjectsAreGone() {
    await(store.create(key, bytes("x")));
    await(store.delete(key));
    await(store.delete(key));
    assertThat(await(store.find(key))).isEmpty();
    assertThat(await(store.list(folder))).isEmpty();
    assertThat(await(store.create(key, bytes("y")))).isTrue();
  }

  @Test
  void aListingHoldsWhatIsBelowInOrderOfPath() {
    List<ObjectKey> below =
        List.of(
            folder.child("a"),
            folder.child("b-1"),
            folder.child("b").child("2"),
            folder.child("b").child("deep").child("3"),
            folder.child("b0"));
    List<ObjectKey> shuffled = new ArrayList<>(below);
    Collections.reverse(shuffled);
    shuffled.add(ObjectKey.of(folder.path() + "-sibling", "c"));
    shuffled.forEach(each -> await(store.create(each, bytes(each.name()))));
    assertThat(await(store.list(folder))).extracting(ObjectInfo::key).isEqualTo(below);
    assertThat(await(store.list(folder.child("b"))))
        .extracting(ObjectInfo::key)
        .containsExactly(below.get(2), below.get(3));
  }

  @Test
  void aListingIsNotCutAtAPage() {
    int count = 1_100;
    List<CompletableFuture<Boolean>> created =
        IntStream.range(0, count)
            .mapToObj(i -> store.create(folder.child("o%05d".formatted(i)), bytes("" + i)))
            .toList();
    created.forEach(each -> assertThat(await(each)).isTrue());
    List<ObjectInfo> listed = await(store.list(folder));
    assertThat(listed).hasSize(count).isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
  }

  @Test
  void oneOfManyCreatorsWins() {
    for (int race = 0; race < RACES; race++) {
      ObjectKey prize = folder.child("race-" + race);
      List<CompletableFuture<Boolean>> tries =
          IntStream.range(0, WRITERS)
              .mapToObj(
                  writer ->
                      CompletableFuture.supplyAsync(
                              () -> store.create(prize, bytes("writer " + writer)), executor)
                          .thenCompose(answer -> answer))
              .toList();
      List<Integer> winners =
          IntStream.range(0, WRITERS).filter(writer -> await(tries.get(writer))).boxed().toList();
      assertThat(winners).as("winners of race %d", race).hasSize(1);
      assertThat(await(store.get(prize))).isEqualTo(bytes("writer " + winners.get(0)));
    }
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  protected static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw TerraneException.of(failure);
    } catch (InterruptedException | TimeoutException failure) {
      throw new AssertionError(failure);
    }
  }

  protected static void assertFails(CompletableFuture<?> future, ErrorCode code) {
    assertThatThrownBy(() -> await(future))
        .isInstanceOfSatisfying(
            TerraneException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
