package io.terrane.infoschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.FrontendView;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.VirtualTable.ScanContext;
import io.terrane.infoschema.table.NumbersTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;

class SystemTableTest {

  private static final ScanContext CONTEXT =
      new ScanContext(CatalogSnapshot.EMPTY, "public", FrontendView.NONE);

  private final SystemTable<Integer> numbers =
      SystemTable.<Integer>named(99, "numbers")
          .int64("number", Integer::longValue)
          .text("words", number -> number % 2 == 0 ? null : "number " + number)
          .rows(context -> IntStream.range(0, 2500).boxed().toList());

  @Test
  void manyRowsComeInBoundedBatches() {
    List<Integer> sizes = new ArrayList<>();
    List<Object> last = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        BatchStream stream = numbers.scan(CONTEXT, allocator)) {
      while (stream.advance(
          batch -> {
            sizes.add(batch.getRowCount());
            last.add(batch.getVector("words").getObject(batch.getRowCount() - 1));
          })) {
        // the sink collects
      }
      assertThat(stream.advance(batch -> sizes.add(-1))).isFalse();
    }
    assertThat(sizes).containsExactly(1024, 1024, 452);
    assertThat(last)
        .map(String::valueOf)
        .containsExactly("number 1023", "number 2047", "number 2499");
  }

  @Test
  void numbersAreOfTheDefaultDatabase() {
    SystemTable<?> table = NumbersTable.create();
    assertThat(table.name().toString()).isEqualTo("public.numbers");
    try (BufferAllocator allocator = new RootAllocator();
        BatchStream stream = table.scan(CONTEXT, allocator)) {
      stream.advance(
          batch -> {
            assertThat(batch.getRowCount()).isEqualTo(100);
            assertThat(batch.getVector("number").getObject(99)).isEqualTo(99);
          });
    }
  }

  @Test
  void aBuildKnowsItsChangesFromItsCommit() {
    assertThat(BuildInfo.of("0.1.0", "0123456789-dirty"))
        .isEqualTo(new BuildInfo("unknown", "0123456789-dirty", false, "0.1.0"));
    assertThat(BuildInfo.of("0.1.0", "abc").shortCommit()).isEqualTo("abc");
  }

  @Test
  void closingEarlyAndTwiceReleasesAll() {
    try (BufferAllocator allocator = new RootAllocator()) {
      BatchStream stream = numbers.scan(CONTEXT, allocator);
      stream.advance(batch -> assertThat(allocator.getAllocatedMemory()).isPositive());
      stream.close();
      stream.close();
      assertThat(allocator.getAllocatedMemory()).isZero();
      assertThat(stream.advance(batch -> {})).isFalse();
    }
  }

  @Test
  void tooLittleMemoryIsTheQuerysError() {
    try (BufferAllocator allocator = new RootAllocator(1024);
        BatchStream stream = numbers.scan(CONTEXT, allocator)) {
      assertThatThrownBy(() -> stream.advance(batch -> {}))
          .isInstanceOfSatisfying(
              TerraneException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.QUERY_MEMORY_EXCEEDED));
    }
  }
}
