package io.terrane.api.sql;

import java.util.List;

/** A statement with {@code ?} markers, parsed and validated once; belongs to its session. */
public interface PreparedStatement {
  int parameterCount();

  /** Empty when the statement gives no rows. Types may still change with the parameters. */
  List<ResultColumn> columns();
}
