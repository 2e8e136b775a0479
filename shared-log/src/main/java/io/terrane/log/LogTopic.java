package io.terrane.log;

import java.util.Objects;

/** One totally ordered sequence of records; on Kafka a topic of one partition. */
public record LogTopic(String name) {
  public LogTopic {
    Objects.requireNonNull(name, "name");
    if (!name.matches("[a-zA-Z0-9._-]{1,200}")) {
      throw new IllegalArgumentException("invalid log topic name: " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
