package io.terrane.meta.store;

import static io.terrane.meta.store.MetadataJson.array;
import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.number;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.smallNumber;
import static io.terrane.meta.store.MetadataJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.node.NodeInfo;
import io.terrane.api.region.TableRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.ViewInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Images as snapshot objects; equal images give equal bytes. */
final class ImageCodec {
  private ImageCodec() {}

  static byte[] encode(MetadataImage image) {
    CatalogSnapshot catalog = image.catalog();
    ObjectNode node = object();
    node.put("formatVersion", EditCodec.FORMAT_VERSION);
    node.put("version", image.version());
    node.put("term", image.leadership().term());
    node.put("writer", image.leadership().writer());
    node.put("lastBatch", image.leadership().lastBatch());
    node.put("nextTableId", image.nextTableId());
    node.put("nextWalTopic", image.nextWalTopic());
    node.put("catalogVersion", catalog.version());
    node.set("databases", array(catalog.databases(), CatalogCodec::write));
    node.set("tables", array(catalog.tables(), CatalogCodec::write));
    node.set("views", array(catalog.views(), CatalogCodec::write));
    List<TableRoute> routes =
        catalog.routes().stream().sorted(Comparator.comparing(TableRoute::table)).toList();
    node.set("routes", array(routes, RouteCodec::write));
    node.set("nodes", array(new TreeMap<>(image.nodes()).values(), RouteCodec::write));
    node.set(
        "procedures", array(new TreeMap<>(image.procedures()).values(), ProcedureCodec::write));
    if (!image.settings().equals(ClusterSettings.DEFAULT)) {
      node.set("settings", SettingsCodec.write(image.settings()));
    }
    return MetadataJson.toBytes(node);
  }

  static MetadataImage decode(byte[] bytes) {
    JsonNode node = MetadataJson.parse(bytes);
    int format = smallNumber(node, "formatVersion");
    if (format != EditCodec.FORMAT_VERSION) {
      throw MetadataJson.unknown("format version", format);
    }
    return new MetadataImage(
        number(node, "version"),
        new Leadership(number(node, "term"), text(node, "writer"), number(node, "lastBatch")),
        readCatalog(node),
        smallNumber(node, "nextTableId"),
        number(node, "nextWalTopic"),
        byKey(list(node, "procedures", ProcedureCodec::read), ProcedureRecord::id),
        byKey(list(node, "nodes", RouteCodec::readNode), NodeInfo::id),
        node.hasNonNull("settings")
            ? SettingsCodec.read(field(node, "settings"))
            : ClusterSettings.DEFAULT);
  }

  private static CatalogSnapshot readCatalog(JsonNode node) {
    return new CatalogSnapshot(
        number(node, "catalogVersion"),
        byKey(list(node, "databases", CatalogCodec::readDatabase), DatabaseInfo::name),
        byKey(list(node, "tables", CatalogCodec::readTable), TableInfo::id),
        byKey(list(node, "views", CatalogCodec::readView), ViewInfo::id),
        byKey(list(node, "routes", RouteCodec::readRoute), TableRoute::table));
  }

  private static <K, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
    return values.stream().collect(Collectors.toMap(key, Function.identity()));
  }
}
