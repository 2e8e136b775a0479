package io.terrane.query.function.geo;

import static io.terrane.api.table.DataType.STRING;
import static io.terrane.query.function.Param.DOUBLE;
import static io.terrane.query.function.Param.INTEGER;

import io.terrane.query.function.RowFunction;
import io.terrane.query.function.ScalarFunction;
import java.util.List;

/** GreptimeDB's functions of latitude and longitude, in this order. Lists are texts. */
public final class GeoFunctions {
  private GeoFunctions() {}

  public static List<ScalarFunction> all() {
    return List.of(
        RowFunction.named("geohash")
            .takes(DOUBLE, DOUBLE, INTEGER)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(
                        row, Geohash.of(a[0].doubleAt(row), a[1].doubleAt(row), a[2].longAt(row)))),
        RowFunction.named("geohash_neighbours")
            .takes(DOUBLE, DOUBLE, INTEGER)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(
                        row,
                        Geohash.neighbours(a[0].doubleAt(row), a[1].doubleAt(row), a[2].longAt(row))
                            .toString())),
        RowFunction.named("wkt_point_from_latlng")
            .takes(DOUBLE, DOUBLE)
            .returns(STRING)
            .kernel(
                (context, a, row, out) ->
                    out.setString(
                        row, "POINT(" + a[1].doubleAt(row) + " " + a[0].doubleAt(row) + ")")));
  }
}
