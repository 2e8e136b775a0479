package io.terrane.objectstore;

import java.util.Objects;

/** A file's name in the bucket: segments of letters, digits, {@code . _ - =} divided by slashes. */
public record ObjectKey(String path) implements Comparable<ObjectKey> {
  public ObjectKey {
    Objects.requireNonNull(path, "path");
    if (!isValid(path)) {
      throw new IllegalArgumentException("invalid object key: " + path);
    }
  }

  static boolean isValid(String path) {
    return path.matches("[a-zA-Z0-9._=-]+(/[a-zA-Z0-9._=-]+)*") && !path.contains("..");
  }

  public static ObjectKey of(String first, String... more) {
    return new ObjectKey(more.length == 0 ? first : first + "/" + String.join("/", more));
  }

  public ObjectKey child(String name) {
    return new ObjectKey(path + "/" + name);
  }

  /** The last segment. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(ObjectKey other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
