package io.terrane.api.node;

/** A datanode's number as its configuration gives it; 0 is valid, 64 bits. */
public record NodeId(long value) implements Comparable<NodeId> {
  public NodeId {
    if (value < 0) {
      throw new IllegalArgumentException("node id " + value + " is negative");
    }
  }

  @Override
  public int compareTo(NodeId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
