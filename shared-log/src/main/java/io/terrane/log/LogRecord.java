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
  public LogRecord {
    headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    Objects.requireNonNull(value, "value");
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
