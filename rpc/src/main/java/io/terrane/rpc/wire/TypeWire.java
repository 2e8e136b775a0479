package io.terrane.rpc.wire;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import io.terrane.rpc.proto.TableProto;

/** Types and single values. */
public final class TypeWire {

  private TypeWire() {}

  public static TableProto.DataType encode(DataType type) {
    return TableProto.DataType.newBuilder()
        .setKind(type.kind().name())
        .setPrecision(type.precision())
        .setScale(type.scale())
        .build();
  }

  public static DataType decode(TableProto.DataType message) {
    DataType.Kind kind = Messages.constant(DataType.Kind.class, message.getKind());
    try {
      return new DataType(kind, message.getPrecision(), message.getScale());
    } catch (IllegalArgumentException invalid) {
      throw new TerraneException(ErrorCode.UNSUPPORTED, invalid.getMessage(), invalid);
    }
  }

  public static TableProto.Datum encode(Datum datum) {
    TableProto.Datum.Builder message = TableProto.Datum.newBuilder().setType(encode(datum.type()));
    if (!datum.isNull()) {
      message.setText(datum.text());
    }
    return message.build();
  }

  public static Datum decode(TableProto.Datum message) {
    return Datum.parse(decode(message.getType()), message.hasText() ? message.getText() : null);
  }
}
