package io.terrane.frontend.mysql.command;

import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.PreparedStatement;
import io.terrane.frontend.mysql.message.ParameterType;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A prepared statement and what the client has sent for its next execution. */
final class ClientStatement {
  private final PreparedStatement statement;
  private final Map<Integer, ByteArrayOutputStream> longData = new HashMap<>();
  private List<ParameterType> types = List.of();
  private TerraneException failure;

  ClientStatement(PreparedStatement statement) {
    this.statement = statement;
  }

  PreparedStatement statement() {
    return statement;
  }

  List<ParameterType> types() {
    return types;
  }

  /** Types hold until the client sends others. */
  void remember(List<ParameterType> sent) {
    types = sent;
  }

  void append(int parameter, byte[] bytes) {
    longData.computeIfAbsent(parameter, p -> new ByteArrayOutputStream()).writeBytes(bytes);
  }

  Optional<byte[]> longData(int parameter) {
    return Optional.ofNullable(longData.get(parameter)).map(ByteArrayOutputStream::toByteArray);
  }

  int longDataBytes() {
    return longData.values().stream().mapToInt(ByteArrayOutputStream::size).sum();
  }

  /** Long data has no answer of its own: its failure is that of the next execution. */
  void fail(TerraneException longDataFailure) {
    failure = longDataFailure;
  }

  Optional<TerraneException> failure() {
    return Optional.ofNullable(failure);
  }

  void forgetLongData() {
    longData.clear();
    failure = null;
  }
}
