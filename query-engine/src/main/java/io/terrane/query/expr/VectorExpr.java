package io.terrane.query.expr;

import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.util.Optional;

/** An expression compiled for one operator. Not thread-safe: it owns its result register. */
public interface VectorExpr {
  DataType type();

  /** One value per row of {@code batch}; valid until the next call or the batch's next load. */
  Column evaluate(Batch batch);

  /** The value if it is the same for every row. */
  default Optional<Datum> constant() {
    return Optional.empty();
  }
}
