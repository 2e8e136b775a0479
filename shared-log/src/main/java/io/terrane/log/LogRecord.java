package io.terrane.log;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is appended: small headers that readers see without decoding the value, and the value. The
 * arrays are not copied; nobody changes them after the append.
 */
public record LogRecord(Map<String, byte[]> headers, byte[] value) {
  /** Bytes every log takes in one record, by {@link #size()}; an append of more is refused. */
  public static final int SIZE_MAX = 8 << 20;

  private static final int HEADERS_MAX = 1_000;
  private static final int NAME_LENGTH_MAX = 200;

  public LogRecord {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    Objects.requireNonNull(value, "value");
    if (headers.size() > HEADERS_MAX) {
      throw new IllegalArgumentException("too many headers in one record: " + headers.size());
    }
    for (String name : headers.keySet()) {
      if (name.length() > NAME_LENGTH_MAX) {
        throw new IllegalArgumentException("header name is too long: " + name);
      }
    }
  }

  /** Bytes of the value and the headers, without framing. */
  public int size() {
    int size = value.length;
    for (Map.Entry<String, byte[]> header : headers.entrySet()) {
      size += header.getKey().length() + header.getValue().length;
    }
    return size;
  }
}
