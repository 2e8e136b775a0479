package io.terrane.rpc.wire;

import io.terrane.api.table.ColumnDefault;
import io.terrane.api.table.ColumnIndex;
import io.terrane.api.table.ColumnSchema;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.SemanticType;
import io.terrane.api.table.TableId;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.TableSchema;
import io.terrane.api.table.ViewInfo;
import io.terrane.rpc.proto.TableProto;
import java.util.Optional;

/** Databases, tables, views and their columns. */
public final class TableWire {

  private TableWire() {}

  public static TableProto.TableName encode(TableName name) {
    return TableProto.TableName.newBuilder()
        .setDatabase(name.database())
        .setTable(name.table())
        .build();
  }

  public static TableName decode(TableProto.TableName message) {
    return new TableName(message.getDatabase(), message.getTable());
  }

  public static TableProto.TableSchema encode(TableSchema schema) {
    TableProto.TableSchema.Builder message =
        TableProto.TableSchema.newBuilder()
            .setVersion(schema.version())
            .addAllPrimaryKey(schema.primaryKey());
    schema.columns().forEach(column -> message.addColumns(encode(column)));
    schema.timeIndex().ifPresent(message::setTimeIndex);
    return message.build();
  }

  public static TableSchema decode(TableProto.TableSchema message) {
    return new TableSchema(
        message.getVersion(),
        message.getColumnsList().stream().map(TableWire::decode).toList(),
        message.getPrimaryKeyList(),
        message.hasTimeIndex() ? Optional.of(message.getTimeIndex()) : Optional.empty());
  }

  static TableProto.ColumnSchema encode(ColumnSchema column) {
    TableProto.ColumnSchema.Builder message =
        TableProto.ColumnSchema.newBuilder()
            .setId(column.id())
            .setName(column.name())
            .setType(TypeWire.encode(column.type()))
            .setNullable(column.nullable())
            .setSemanticType(column.semanticType().name())
            .setComment(column.comment());
    column
        .defaultValue()
        .ifPresent(
            value ->
                message.setDefaultValue(
                    TableProto.ColumnDefault.newBuilder()
                        .setKind(value.kind().name())
                        .setValue(TypeWire.encode(value.value()))));
    column.backfill().map(TypeWire::encode).ifPresent(message::setBackfill);
    column.indexes().forEach(index -> message.addIndexes(encode(index)));
    return message.build();
  }

  static ColumnSchema decode(TableProto.ColumnSchema message) {
    return new ColumnSchema(
        message.getId(),
        message.getName(),
        TypeWire.decode(message.getType()),
        message.getNullable(),
        Messages.constant(SemanticType.class, message.getSemanticType()),
        message.hasDefaultValue()
            ? Optional.of(decode(message.getDefaultValue()))
            : Optional.empty(),
        message.getComment(),
        message.hasBackfill()
            ? Optional.of(TypeWire.decode(message.getBackfill()))
            : Optional.empty(),
        message.getIndexesList().stream().map(TableWire::decode).toList());
  }

  private static TableProto.ColumnIndex encode(ColumnIndex index) {
    return TableProto.ColumnIndex.newBuilder()
        .setKind(index.kind().name())
        .putAllOptions(index.options())
        .build();
  }

  private static ColumnIndex decode(TableProto.ColumnIndex message) {
    return new ColumnIndex(
        Messages.constant(ColumnIndex.Kind.class, message.getKind()), message.getOptionsMap());
  }

  private static ColumnDefault decode(TableProto.ColumnDefault message) {
    return new ColumnDefault(
        Messages.constant(ColumnDefault.Kind.class, message.getKind()),
        TypeWire.decode(message.getValue()));
  }

  public static TableProto.TableInfo encode(TableInfo table) {
    return TableProto.TableInfo.newBuilder()
        .setId(table.id().value())
        .setName(encode(table.name()))
        .setSchema(encode(table.schema()))
        .setPartitionRule(PartitionWire.encode(table.partitionRule()))
        .setEngine(table.engine())
        .putAllOptions(table.options())
        .setComment(table.comment())
        .setCreatedAt(TimeWire.encode(table.createdAt()))
        .build();
  }

  public static TableInfo decode(TableProto.TableInfo message) {
    return new TableInfo(
        new TableId(message.getId()),
        decode(message.getName()),
        decode(message.getSchema()),
        PartitionWire.decode(message.getPartitionRule()),
        message.getEngine(),
        message.getOptionsMap(),
        message.getComment(),
        TimeWire.decode(message.getCreatedAt()));
  }

  public static TableProto.ViewInfo encode(ViewInfo view) {
    return TableProto.ViewInfo.newBuilder()
        .setId(view.id().value())
        .setName(encode(view.name()))
        .setDefinition(view.definition())
        .setDatabase(view.database())
        .addAllColumns(view.columns())
        .setCreatedAt(TimeWire.encode(view.createdAt()))
        .build();
  }

  public static ViewInfo decode(TableProto.ViewInfo message) {
    return new ViewInfo(
        new TableId(message.getId()),
        decode(message.getName()),
        message.getDefinition(),
        message.getDatabase(),
        message.getColumnsList(),
        TimeWire.decode(message.getCreatedAt()));
  }

  public static TableProto.DatabaseInfo encode(DatabaseInfo database) {
    return TableProto.DatabaseInfo.newBuilder()
        .setName(database.name())
        .putAllOptions(database.options())
        .setCreatedAt(TimeWire.encode(database.createdAt()))
        .build();
  }

  public static DatabaseInfo decode(TableProto.DatabaseInfo message) {
    return new DatabaseInfo(
        message.getName(), message.getOptionsMap(), TimeWire.decode(message.getCreatedAt()));
  }
}
