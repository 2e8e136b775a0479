package io.terrane.datanode;

import io.terrane.api.batch.BatchStream;
import io.terrane.api.region.InstructionReply;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Adds up the rows of a region, so that two holders of it can be compared. One thread. */
final class RegionChecksum {
  private long rows;
  private long sum;

  /** Reads the stream to its end; blocks on the bucket. */
  static InstructionReply.Checksum of(BatchStream stream, long sequence) {
    RegionChecksum checksum = new RegionChecksum();
    boolean more = true;
    while (more) {
      more = stream.advance(checksum::add);
    }
    return new InstructionReply.Checksum(checksum.rows, sequence, checksum.sum);
  }

  /** A sum, so that the order of rows does not matter, of hashes in which that of columns does. */
  private void add(VectorSchemaRoot batch) {
    List<FieldVector> columns = batch.getFieldVectors();
    for (int row = 0; row < batch.getRowCount(); row++) {
      long hash = 1;
      for (FieldVector column : columns) {
        hash = mix(hash * 31 + (column.isNull(row) ? 0 : 1 + (long) column.hashCode(row)));
      }
      sum += hash;
    }
    rows += batch.getRowCount();
  }

  /** Finalizer of MurmurHash3, so that sums of similar rows differ. */
  private static long mix(long value) {
    long h = value;
    h ^= h >>> 33;
    h *= 0xff51afd7ed558ccdL;
    h ^= h >>> 33;
    h *= 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
