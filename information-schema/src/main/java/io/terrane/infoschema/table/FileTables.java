package io.terrane.infoschema.table;

import io.terrane.api.region.RegionFile;
import io.terrane.api.region.RegionRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.infoschema.FileReports;
import io.terrane.infoschema.SystemTable;
import java.util.List;
import java.util.Map;

/**
 * {@code ssts_manifest} and {@code ssts_storage}: the files of all regions, by their manifests and
 * by the bucket. What only the second has is waiting to be deleted. {@code ssts_index_meta} is
 * empty: there are no indexes beside the files.
 */
public final class FileTables {

  private FileTables() {}

  public static List<SystemTable<?>> all(FileReports reports) {
    return List.of(manifest(reports), storage(reports), indexes());
  }

  private static SystemTable<?> manifest(FileReports reports) {
    return SystemTable.<Row>named(37, "ssts_manifest")
        .text("table_dir", row -> "regions/" + row.route().region().table() + "/")
        .uint64("region_id", row -> row.route().region().value())
        .uint32("table_id", row -> row.route().region().table().value())
        .uint32("region_number", row -> row.route().region().number())
        .uint8("region_group", row -> 0)
        .uint32("region_sequence", row -> row.route().region().number())
        .text("file_id", row -> row.content().id())
        .uint64("index_version", row -> 0L)
        .uint8("level", row -> row.content().level())
        .text("file_path", row -> row.file().path())
        .uint64("file_size", row -> row.file().size())
        .text("index_file_path")
        .uint64("index_file_size")
        .uint64("num_rows", row -> row.content().rows())
        .uint64("num_row_groups")
        .uint64("num_series")
        .nanos("min_ts", row -> row.content().first().orElse(null))
        .nanos("max_ts", row -> row.content().last().orElse(null))
        .uint64("sequence", row -> row.content().lastSequence())
        .uint64("origin_region_id", row -> row.route().region().value())
        .uint64("node_id", row -> row.route().leader().value())
        .bool("visible", row -> true)
        .rows(context -> list(context.catalog(), reports, false));
  }

  private static SystemTable<?> storage(FileReports reports) {
    return SystemTable.<Row>named(38, "ssts_storage")
        .text("file_path", row -> row.file().path())
        .uint64("file_size", row -> row.file().size())
        .millis("last_modified_ms", row -> row.file().modified().orElse(null))
        .uint64("node_id", row -> row.route().leader().value())
        .rows(context -> list(context.catalog(), reports, true));
  }

  private static SystemTable<?> indexes() {
    return SystemTable.<Row>named(39, "ssts_index_meta")
        .text("table_dir")
        .text("index_file_path")
        .uint64("region_id")
        .uint32("table_id")
        .uint32("region_number")
        .uint8("region_group", row -> null)
        .uint32("region_sequence")
        .text("file_id")
        .uint64("index_file_size")
        .text("index_type")
        .text("target_type")
        .text("target_key")
        .text("target_json")
        .uint64("blob_size")
        .text("meta_json")
        .uint64("node_id")
        .empty();
  }

  private static List<Row> list(CatalogSnapshot catalog, FileReports reports, boolean stored) {
    List<RegionRoute> routes =
        RegionRow.of(catalog, Map.of()).stream().map(RegionRow::route).toList();
    return reports.files(routes, stored).entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(file -> new Row(entry.getKey(), file)))
        .toList();
  }

  private record Row(RegionRoute route, RegionFile file) {
    RegionFile.Content content() {
      return file.content().orElseThrow();
    }
  }
}
