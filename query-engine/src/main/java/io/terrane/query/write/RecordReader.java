package io.terrane.query.write;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.query.parse.LoadFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts a file that arrives in pieces into records of fields; an empty field is a NULL. Bytes of a
 * record that is not complete are held, up to a limit. Not shared between threads.
 *
 * <p>Source: MySQL 8.4 manual, "LOAD DATA Statement", field and line handling.
 */
final class RecordReader {
  /** What {@link #fields} found where a record should be. */
  private enum Found {
    RECORD,
    /** A line without the line start, or one to skip. */
    NOTHING,
    /** More bytes are needed. */
    UNFINISHED
  }

  private final byte[] fieldEnd;
  private final byte[] lineStart;
  private final byte[] lineEnd;
  private final int enclosure;
  private final int escape;
  private final Charset charset;
  private final int recordBytesMax;
  private final Consumer<List<Optional<String>>> records;
  private final ByteArrayOutputStream field = new ByteArrayOutputStream();
  private final List<Optional<String>> fields = new ArrayList<>();
  private byte[] held = new byte[1 << 16];
  private int from;
  private int to;
  private int triedBytes;
  private int position;
  private long linesToSkip;
  private long number;

  /**
   * @param linesToSkip at the beginning of the file
   * @param recordBytesMax longer records are refused with PACKET_TOO_LARGE
   * @param records takes each record; the list is valid in the call only
   */
  RecordReader(
      LoadFormat format,
      Charset charset,
      long linesToSkip,
      int recordBytesMax,
      Consumer<List<Optional<String>>> records) {
    this.fieldEnd = format.fieldEnd().getBytes(charset);
    this.lineStart = format.lineStart().getBytes(charset);
    this.lineEnd = format.lineEnd().getBytes(charset);
    this.enclosure = character(format.enclosure(), charset);
    this.escape = character(format.escape(), charset);
    this.charset = charset;
    this.linesToSkip = linesToSkip;
    this.recordBytesMax = recordBytesMax;
    this.records = records;
  }

  private static int character(String text, Charset charset) {
    byte[] bytes = text.getBytes(charset);
    if (bytes.length > 1) {
      throw new TerraneException(
          ErrorCode.WRONG_FIELD_TERMINATORS,
          "Field separator argument is not what is expected; check the manual");
    }
    return bytes.length == 0 ? -1 : bytes[0];
  }

  void accept(ByteBuffer bytes) {
    hold(bytes);
    // A long record is looked at anew only when it has doubled.
    if (to - from >= 2 * triedBytes) {
      cut(false);
    }
  }

  /** The file ends here; its last line need not have an end. */
  void finish() {
    cut(true);
  }

  private void hold(ByteBuffer bytes) {
    if (from > 0) {
      System.arraycopy(held, from, held, 0, to - from);
      to -= from;
      from = 0;
    }
    int needed = to + bytes.remaining();
    if (needed > held.length) {
      held = Arrays.copyOf(held, Math.max(needed, 2 * held.length));
    }
    int length = bytes.remaining();
    bytes.get(held, to, length);
    to += length;
  }

  private void cut(boolean last) {
    while (from < to) {
      Found found = linesToSkip > 0 ? skippedLine(last) : fields(last);
      if (found == Found.UNFINISHED) {
        triedBytes = to - from;
        if (triedBytes > recordBytesMax) {
          throw new TerraneException(
              ErrorCode.PACKET_TOO_LARGE,
              "Row "
                  + (number + 1)
                  + " of the file is longer than 'max_allowed_packet' bytes: "
                  + recordBytesMax);
        }
        return;
      }
      from = position;
      if (found == Found.RECORD) {
        number++;
        records.accept(fields);
      }
    }
    triedBytes = 0;
  }

  private Found skippedLine(boolean last) {
    for (position = from; position < to; position++) {
      if (startsWith(lineEnd)) {
        position += lineEnd.length;
        linesToSkip--;
        return Found.NOTHING;
      }
    }
    return last ? Found.NOTHING : Found.UNFINISHED;
  }

  /** Reads one line from {@code from}; leaves {@code position} behind it. */
  private Found fields(boolean last) {
    fields.clear();
    position = from;
    if (lineStart.length > 0) {
      while (!startsWith(lineStart)) {
        if (position >= to) {
          return last ? Found.NOTHING : Found.UNFINISHED;
        }
        if (startsWith(lineEnd)) {
          position += lineEnd.length;
          return Found.NOTHING;
        }
        position++;
      }
      position += lineStart.length;
    }
    while (true) {
      boolean enclosed = position < to && held[position] == enclosure;
      boolean complete = enclosed ? enclosedField(last) : plainField(last);
      if (!complete) {
        return Found.UNFINISHED;
      }
      if (position >= to) {
        return Found.RECORD;
      }
      if (startsWith(fieldEnd)) {
        position += fieldEnd.length;
      } else {
        position += lineEnd.length;
        return Found.RECORD;
      }
    }
  }

  /** Up to the end of field or line; false if it is not there. */
  private boolean plainField(boolean last) {
    field.reset();
    int start = position;
    while (position < to && !startsWith(fieldEnd) && !startsWith(lineEnd)) {
      if (held[position] == escape && position + 1 < to) {
        position++;
        field.write(unescaped(held[position]));
      } else {
        field.write(held[position]);
      }
      position++;
    }
    if (position >= to && !last) {
      return false;
    }
    boolean isNull = position - start == 2 && held[start] == escape && held[start + 1] == 'N';
    String text = text();
    boolean isWord = enclosure >= 0 && text.equals("NULL");
    fields.add(isNull || isWord ? Optional.empty() : Optional.of(text));
    return true;
  }

  /** An enclosing character within is doubled, or is not followed by an end. */
  private boolean enclosedField(boolean last) {
    field.reset();
    position++;
    while (position < to) {
      byte next = held[position];
      if (next == enclosure) {
        if (position + Math.max(fieldEnd.length, lineEnd.length) >= to && !last) {
          return false;
        }
        position++;
        if (position >= to || startsWith(fieldEnd) || startsWith(lineEnd)) {
          fields.add(Optional.of(text()));
          return true;
        }
        if (held[position] == enclosure) {
          position++;
        }
        field.write(enclosure);
      } else if (next == escape && position + 1 < to) {
        field.write(unescaped(held[position + 1]));
        position += 2;
      } else {
        field.write(next);
        position++;
      }
    }
    if (last) {
      fields.add(Optional.of(text()));
    }
    return last;
  }

  private String text() {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(field.toByteArray())).toString();
    } catch (CharacterCodingException malformed) {
      throw new TerraneException(
          ErrorCode.INCORRECT_VALUE,
          "Invalid " + charset + " character string in row " + (number + 1) + " of the file",
          malformed);
    }
  }

  private static int unescaped(byte letter) {
    return switch (letter) {
      case '0' -> 0;
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> 26;
      default -> letter;
    };
  }

  private boolean startsWith(byte[] what) {
    return position + what.length <= to
        && Arrays.equals(held, position, position + what.length, what, 0, what.length);
  }
}
