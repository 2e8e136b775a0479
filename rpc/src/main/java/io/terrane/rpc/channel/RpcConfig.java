package io.terrane.rpc.channel;

import java.time.Duration;

/**
 * Deadlines and limits of calls between nodes. Every call has a deadline.
 *
 * @param connectTimeout until an address counts as unreachable
 * @param callTimeout of small questions; long polls add it to the time they ask for
 * @param instructionTimeout of what a datanode is told to do with a region, its waits excluded
 * @param writeTimeout after which the outcome of a write is unknown
 * @param scanTimeout of a whole scan, consumer included
 * @param keepAlive silence after which a connection in use is probed; it is lost when the probe is
 *     not answered within the same time
 * @param silenceMax how long a node may answer nothing, not even whether it lives, before writes,
 *     small questions and scans that wait for its first answer are broken off
 * @param messageBytesMax of one message: a batch of a scan, the rows of a write, a catalogue
 */
public record RpcConfig(
    Duration connectTimeout,
    Duration callTimeout,
    Duration instructionTimeout,
    Duration writeTimeout,
    Duration scanTimeout,
    Duration keepAlive,
    Duration silenceMax,
    int messageBytesMax) {

  public RpcConfig {
    if (silenceMax.toMillis() < 2) {
      throw new IllegalArgumentException("silence-max " + silenceMax + " is below 2 ms");
    }
    if (messageBytesMax < 1 << 16) {
      throw new IllegalArgumentException("message-bytes-max " + messageBytesMax + " is below 64K");
    }
  }

  public static RpcConfig defaults() {
    return new RpcConfig(
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        Duration.ofSeconds(30),
        Duration.ofHours(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        256 << 20);
  }
}
