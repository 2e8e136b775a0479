package io.terrane.meta.catalog;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.TableRoute;
import io.terrane.api.table.CatalogSnapshot;
import io.terrane.api.table.DatabaseInfo;
import io.terrane.api.table.TableInfo;
import io.terrane.api.table.TableName;
import io.terrane.api.table.ViewInfo;
import io.terrane.meta.store.Change;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import io.terrane.meta.store.Requirement;

/** The only author of edits to databases, tables and views; refusals are worded as MySQL's. */
public final class CatalogEdits {
  private CatalogEdits() {}

  public static MetadataEdit createDatabase(DatabaseInfo database) {
    return MetadataEdit.of(new Change.PutDatabase(database))
        .requiring(new Requirement.DatabaseIsAbsent(database.name()));
  }

  /** A database with other options takes the place of the one of its name. */
  public static MetadataEdit alterDatabase(DatabaseInfo altered) {
    return MetadataEdit.of(new Change.PutDatabase(altered))
        .requiring(new Requirement.DatabaseExists(altered.name()));
  }

  public static MetadataEdit dropDatabase(String exactName) {
    return MetadataEdit.of(new Change.DropDatabase(exactName))
        .requiring(new Requirement.DatabaseExists(exactName));
  }

  /** A table appears, with its routes, once its regions exist. */
  public static MetadataEdit publishTable(TableInfo table, TableRoute route) {
    return MetadataEdit.of(new Change.PutTable(table), new Change.PutRoute(route))
        .requiring(new Requirement.DatabaseExists(table.name().database()))
        .requiring(new Requirement.NameIsFree(table.name()));
  }

  /** A table takes the place of the one of its id, which is called {@code name}. */
  public static MetadataEdit alterTable(TableName name, TableInfo altered) {
    MetadataEdit edit = MetadataEdit.of(new Change.PutTable(altered));
    return altered.name().toString().equalsIgnoreCase(name.toString())
        ? edit
        : edit.requiring(new Requirement.NameIsFree(altered.name()))
            .requiring(new Requirement.DatabaseExists(altered.name().database()));
  }

  public static MetadataEdit dropTable(TableInfo table, TableRoute route) {
    return MetadataEdit.of(new Change.DropTable(table.id()))
        .requiring(new Requirement.RouteVersionIs(table.id(), route.version()));
  }

  /** A new view, whose id comes from the image. */
  public static MetadataEdit createView(ViewInfo view) {
    return MetadataEdit.of(new Change.PutView(view), new Change.ReserveNumbers(1, 0))
        .requiring(new Requirement.DatabaseExists(view.name().database()))
        .requiring(new Requirement.NameIsFree(view.name()));
  }

  public static MetadataEdit replaceView(ViewInfo view) {
    return MetadataEdit.of(new Change.PutView(view));
  }

  public static MetadataEdit dropView(ViewInfo view) {
    return MetadataEdit.of(new Change.DropView(view.id()));
  }

  /** The database as it is spelled, or DATABASE_NOT_FOUND. */
  public static DatabaseInfo database(MetadataImage image, String name) {
    return image.catalog().findDatabase(name).orElseThrow(() -> unknownDatabase(name));
  }

  public static boolean isTaken(CatalogSnapshot catalog, TableName name) {
    return catalog.findTable(name).isPresent() || catalog.findView(name).isPresent();
  }

  public static TerraneException unknownDatabase(String name) {
    return new TerraneException(ErrorCode.DATABASE_NOT_FOUND, "Unknown database '" + name + "'");
  }

  public static TerraneException databaseExists(String name) {
    return new TerraneException(
        ErrorCode.DATABASE_EXISTS, "Can't create database '" + name + "'; database exists");
  }

  public static TerraneException tableExists(TableName name) {
    return new TerraneException(
        ErrorCode.TABLE_EXISTS, "Table '" + name.table() + "' already exists");
  }

  public static TerraneException tableNotFound(TableName name) {
    return new TerraneException(ErrorCode.TABLE_NOT_FOUND, "Table '" + name + "' doesn't exist");
  }

  public static TerraneException unknownTable(TableName name) {
    return new TerraneException(ErrorCode.UNKNOWN_TABLE_TO_DROP, "Unknown table '" + name + "'");
  }
}
