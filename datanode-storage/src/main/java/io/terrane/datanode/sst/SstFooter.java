package io.terrane.datanode.sst;

import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;

/** A file's schema and the statistics of its batches; immutable, cached. */
record SstFooter(Schema schema, List<BatchMeta> batches) {
  SstFooter {
    batches = List.copyOf(batches);
  }
}
