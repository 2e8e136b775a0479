package io.terrane.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurationTextTest {
  @Test
  void unitsAreReadAndAdded() {
    assertThat(DurationText.parse("7d")).contains(Duration.ofDays(7));
    assertThat(DurationText.parse("7 days")).contains(Duration.ofDays(7));
    assertThat(DurationText.parse(" 1h 30min ")).contains(Duration.ofMinutes(90));
    assertThat(DurationText.parse("1h30m")).contains(Duration.ofMinutes(90));
    assertThat(DurationText.parse("2M")).contains(Duration.ofSeconds(2 * 2_630_016));
    assertThat(DurationText.parse("2m")).contains(Duration.ofMinutes(2));
    assertThat(DurationText.parse("500ms")).contains(Duration.ofMillis(500));
    assertThat(DurationText.parse("1 second")).contains(Duration.ofSeconds(1));
    assertThat(DurationText.parse("10000d")).contains(Duration.ofDays(10_000));
  }

  @Test
  void endsThatAreNone() {
    assertThat(DurationText.parse("instant")).contains(Duration.ZERO);
    for (String endless : new String[] {"", "forever", "FOREVER", "0s"}) {
      assertThat(DurationText.isValid(endless)).isTrue();
      assertThat(DurationText.parse(endless)).isEmpty();
    }
  }

  @Test
  void lengthsHaveAUsualText() {
    assertThat(DurationText.normal("7d")).isEqualTo("7days");
    assertThat(DurationText.normal("24 hours")).isEqualTo("1day");
    assertThat(DurationText.normal("90 min 1500ms")).isEqualTo("1h 30m 1s 500ms");
    assertThat(DurationText.normal("2years")).isEqualTo("2years");
    assertThat(DurationText.normal("INSTANT")).isEqualTo("instant");
    assertThat(DurationText.normal("0s")).isEqualTo("forever");
    assertThat(DurationText.parse(DurationText.normal("400d 5us")))
        .isEqualTo(DurationText.parse("400d 5us"));
  }

  @Test
  void whatIsNoLengthIsRefused() {
    for (String text :
        new String[] {"d", "7", "7x", "1d x", "-1d", "1.5h", "999999999999999999y"}) {
      assertThat(DurationText.isValid(text)).as(text).isFalse();
    }
  }
}
