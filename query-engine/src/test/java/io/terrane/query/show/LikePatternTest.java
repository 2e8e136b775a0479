package io.terrane.query.show;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LikePatternTest {
  @ParameterizedTest
  @CsvSource({
    "abc,abc,true",
    "a%,ABC,true",
    "%c,abc,true",
    "a_c,abc,true",
    "a_c,ac,false",
    "a\\_c,a_c,true",
    "a\\_c,abc,false",
    "%b%,abc,true",
    "%,'',true",
    "a%%d,abcd,true",
    "_,'',false",
    "%x%,abc,false",
  })
  void matches(String pattern, String text, boolean expected) {
    assertThat(new LikePattern(pattern).matches(text)).isEqualTo(expected);
  }
}
