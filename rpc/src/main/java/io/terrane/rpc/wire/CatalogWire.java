package io.terrane.rpc.wire;

import io.terrane.api.region.TableRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.ViewInfo;
import io.terrane.rpc.proto.CatalogProto;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Whole catalogue snapshots. */
public final class CatalogWire {

  private CatalogWire() {}

  public static CatalogProto.CatalogSnapshot encode(CatalogSnapshot snapshot) {
    CatalogProto.CatalogSnapshot.Builder message =
        CatalogProto.CatalogSnapshot.newBuilder().setVersion(snapshot.version());
    snapshot.databases().forEach(database -> message.addDatabases(TableWire.encode(database)));
    snapshot.tables().forEach(table -> message.addTables(TableWire.encode(table)));
    snapshot.views().forEach(view -> message.addViews(TableWire.encode(view)));
    snapshot.routes().forEach(route -> message.addRoutes(RegionWire.encode(route)));
    return message.build();
  }

  public static CatalogSnapshot decode(CatalogProto.CatalogSnapshot message) {
    return new CatalogSnapshot(
        message.getVersion(),
        message.getDatabasesList().stream()
            .map(TableWire::decode)
            .collect(Collectors.toMap(DatabaseInfo::name, Function.identity())),
        message.getTablesList().stream()
            .map(TableWire::decode)
            .collect(Collectors.toMap(TableInfo::id, Function.identity())),
        message.getViewsList().stream()
            .map(TableWire::decode)
            .collect(Collectors.toMap(ViewInfo::id, Function.identity())),
        message.getRoutesList().stream()
            .map(RegionWire::decode)
            .collect(Collectors.toMap(TableRoute::table, Function.identity())));
  }
}
