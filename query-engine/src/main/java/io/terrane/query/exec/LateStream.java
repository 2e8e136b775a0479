package io.terrane.query.exec;

import io.terrane.api.batch.BatchSink;
import io.terrane.api.batch.BatchStream;
import io.terrane.api.table.DataType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.vector.types.pojo.Schema;

/** A stream that is opened when its first batch is asked for. One thread. */
public final class LateStream implements BatchStream {
  private final Schema schema;
  private final Supplier<Optional<BatchStream>> opening;
  private Optional<BatchStream> rows = Optional.empty();
  private boolean opened;

  /**
   * @param opening empty for no rows
   */
  public LateStream(
      List<String> names, List<DataType> types, Supplier<Optional<BatchStream>> opening) {
    this.schema = Vectors.schema(names, types);
    this.opening = opening;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public boolean advance(BatchSink sink) {
    if (!opened) {
      opened = true;
      rows = opening.get();
    }
    return rows.isPresent() && rows.get().advance(sink);
  }

  @Override
  public void close() {
    opened = true;
    rows.ifPresent(BatchStream::close);
    rows = Optional.empty();
  }
}
