package io.terrane.query.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrane.api.error.TerraneException;
import io.terrane.query.parse.LoadFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
  private static final LoadFormat TABS = new LoadFormat("\t", "", "\\", "", "\n");
  private static final LoadFormat CSV = new LoadFormat(",", "\"", "\\", "", "\n");

  @Test
  void tabsAndNewlines() {
    assertThat(read(TABS, 0, "1\tone\n2\t\n")).containsExactly("1|one", "2|");
  }

  @Test
  void theLastLineNeedsNoEnd() {
    assertThat(read(TABS, 0, "1\tone\n2\ttwo")).containsExactly("1|one", "2|two");
    assertThat(read(TABS, 0, "1\t")).containsExactly("1|");
    assertThat(read(TABS, 0, "")).isEmpty();
  }

  @Test
  void emptyLinesAreRows() {
    assertThat(read(TABS, 0, "a\n\nb\n")).containsExactly("a", "", "b");
  }

  @Test
  void backslashNStandsForNullOnlyAlone() {
    assertThat(read(TABS, 0, "\\N\tx\\N\t\\Nx\n")).containsExactly("NULL|xN|Nx");
  }

  @Test
  void escapes() {
    assertThat(read(TABS, 0, "a\\tb\\nc\\\\d\\\te\t\\0\\Z\\q\n"))
        .containsExactly("a\tb\nc\\d\te|\0\032q");
    assertThat(read(new LoadFormat("\t", "", "", "", "\n"), 0, "a\\tb\\N\n"))
        .containsExactly("a\\tb\\N");
  }

  @Test
  void enclosedFields() {
    assertThat(read(CSV, 0, "\"a,b\",\"c\nd\",\"e \"\"f\"\" g\",h\n"))
        .containsExactly("a,b|c\nd|e \"f\" g|h");
  }

  @Test
  void anEnclosingCharacterInTheMiddleIsItself() {
    assertThat(read(CSV, 0, "\"a\"b\",c\"d\n")).containsExactly("a\"b|c\"d");
  }

  @Test
  void theWordNullOutsideOfEnclosuresIsNull() {
    assertThat(read(CSV, 0, "NULL,\"NULL\"\n")).containsExactly("NULL|'NULL'");
    assertThat(read(TABS, 0, "NULL\n")).containsExactly("'NULL'");
  }

  @Test
  void endsOfSeveralBytes() {
    LoadFormat format = new LoadFormat("||", "", "\\", "", "\r\n");
    assertThat(read(format, 0, "a|b||c\r\nd||e\rf\r\n")).containsExactly("a|b|c", "d|e\rf");
  }

  @Test
  void linesBeginBehindTheirStart() {
    LoadFormat format = new LoadFormat(",", "", "\\", "xxx", "\n");
    assertThat(read(format, 0, "xxx1,2\nsomething xxx3,4\nnone\nxxx5,6"))
        .containsExactly("1|2", "3|4", "5|6");
  }

  @Test
  void headersAreSkipped() {
    assertThat(read(CSV, 2, "id,name\n\"quoted\nfirst,second\n1,one\n"))
        .containsExactly("first|second", "1|one");
    assertThat(read(CSV, 9, "id,name\n1,one")).isEmpty();
  }

  @Test
  void textThatIsNoTextIsRefusedWithItsRow() {
    RecordReader reader = new RecordReader(TABS, StandardCharsets.UTF_8, 0, 100, fields -> {});
    assertThatThrownBy(
            () -> reader.accept(ByteBuffer.wrap(new byte[] {'a', '\n', (byte) 0xC3, '\n'})))
        .isInstanceOf(TerraneException.class)
        .hasMessage("Invalid UTF-8 character string in row 2 of the file");
  }

  @Test
  void aRecordLongerThanTheLimitIsRefused() {
    RecordReader reader = new RecordReader(TABS, StandardCharsets.UTF_8, 0, 9, fields -> {});
    reader.accept(bytes("12345\n678"));
    assertThatThrownBy(() -> reader.accept(bytes("9012345678901")))
        .isInstanceOf(TerraneException.class)
        .hasMessageContaining("Row 2 of the file is longer");
  }

  /** Reads the text whole and in pieces of every size, which must not matter. */
  private static List<String> read(LoadFormat format, long skipped, String text) {
    List<String> whole = read(format, skipped, text, Math.max(1, text.length()));
    for (int size = 1; size < text.length(); size++) {
      assertThat(read(format, skipped, text, size)).as("pieces of " + size).isEqualTo(whole);
    }
    return whole;
  }

  private static List<String> read(LoadFormat format, long skipped, String text, int size) {
    List<String> rows = new ArrayList<>();
    RecordReader reader =
        new RecordReader(
            format,
            StandardCharsets.UTF_8,
            skipped,
            1000,
            fields ->
                rows.add(
                    fields.stream()
                        .map(field -> field.map(RecordReaderTest::shown).orElse("NULL"))
                        .collect(Collectors.joining("|"))));
    for (int at = 0; at < text.length(); at += size) {
      reader.accept(bytes(text.substring(at, Math.min(text.length(), at + size))));
    }
    reader.finish();
    return rows;
  }

  private static String shown(String field) {
    return field.equals("NULL") ? "'NULL'" : field;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
