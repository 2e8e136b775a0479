package io.terrane.datanode.worker;

import io.terrane.api.batch.AffectedRows;
import io.terrane.api.region.RegionWrite;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.apache.arrow.vector.FieldVector;

/** A write that waits for its group. */
record PendingWrite(RegionWrite write, CompletableFuture<AffectedRows> answer) {
  int rows() {
    return write.rows().getRowCount();
  }

  long bytes() {
    long bytes = 0;
    for (FieldVector vector : write.rows().getFieldVectors()) {
      bytes += Arrays.stream(vector.getBuffers(false)).mapToLong(b -> b.readableBytes()).sum();
    }
    return bytes;
  }
}
