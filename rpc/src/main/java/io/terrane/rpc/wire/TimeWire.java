package io.terrane.rpc.wire;

import io.terrane.rpc.proto.TimeProto;
import java.time.Duration;
import java.time.Instant;

/** Instants and durations, to the nanosecond. */
public final class TimeWire {

  private TimeWire() {}

  public static TimeProto.Instant encode(Instant instant) {
    return TimeProto.Instant.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  public static Instant decode(TimeProto.Instant message) {
    return Instant.ofEpochSecond(message.getSeconds(), message.getNanos());
  }

  public static TimeProto.Duration encode(Duration duration) {
    return TimeProto.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  public static Duration decode(TimeProto.Duration message) {
    return Duration.ofSeconds(message.getSeconds(), message.getNanos());
  }
}
