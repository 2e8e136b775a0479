package io.terrane.rpc.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Encoders of a sealed type's records, by class: the exhaustive switch that Java 17 does not have.
 * A test per codec lists the permitted classes and finds each here.
 */
final class Cases<S, T> {

  private final Map<Class<?>, Function<S, T>> encoders = new HashMap<>();

  <C extends S> Cases<S, T> on(Class<C> type, Function<C, T> encoder) {
    encoders.put(type, value -> encoder.apply(type.cast(value)));
    return this;
  }

  T encode(S value) {
    return encoders.get(value.getClass()).apply(value);
  }

  Set<Class<?>> types() {
    return encoders.keySet();
  }
}
