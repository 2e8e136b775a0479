package io.terrane.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  @Test
  void numbersAreUniqueAndInTheRangeOfTheirKind() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates();
    for (ErrorCode code : ErrorCode.values()) {
      int range =
          switch (code.kind()) {
            case USER -> 1;
            case RETRY -> 2;
            case OUTCOME_UNKNOWN -> 3;
            case RESOURCE -> 4;
            case CORRUPTION -> 5;
            case INTERNAL -> 6;
          };
      assertThat(code.number() / 1000).as(code.name()).isEqualTo(range);
      assertThat(code.sqlState()).as(code.name()).matches("[0-9A-Z]{5}");
    }
  }

  @Test
  void theBookOfErrorsListsEachOne() throws IOException {
    String book = Files.readString(Path.of("../docs/errors.md"));
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(book)
          .contains(
              "| %d | %s | %s | %d | %s |"
                  .formatted(
                      code.number(), code.name(), code.kind(), code.mysqlErrno(), code.sqlState()));
    }
  }

  @Test
  void anUnknownNumberBecomesTheGenericCodeOfItsRange() {
    assertThat(ErrorCode.ofNumber(1001)).isEqualTo(ErrorCode.SYNTAX_ERROR);
    assertThat(ErrorCode.ofNumber(1999)).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(ErrorCode.ofNumber(3999)).isEqualTo(ErrorCode.WRITE_OUTCOME_UNKNOWN);
    assertThat(ErrorCode.ofNumber(-5)).isEqualTo(ErrorCode.INTERNAL);
  }

  @Test
  void theErrorIsFoundBehindFutures() {
    TerraneException error = new TerraneException(ErrorCode.REGION_BUSY, "region 1024.0 is busy");

    assertThat(TerraneException.of(new CompletionException(new CompletionException(error))))
        .isSameAs(error);
    assertThat(TerraneException.of(new IllegalStateException("x")).code())
        .isEqualTo(ErrorCode.INTERNAL);
  }
}
