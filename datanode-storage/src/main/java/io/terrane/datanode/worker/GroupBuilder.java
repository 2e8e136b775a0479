package io.terrane.datanode.worker;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionWrite;
import io.terrane.api.region.WriteMode;
import io.terrane.api.table.ColumnSchema;
import io.terrane.datanode.row.RegionSchema;
import io.terrane.datanode.row.RowSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Puts the rows of several writes into one batch in the region's row layout. */
final class GroupBuilder {
  private final Supplier<RegionSchema> present;
  private final BufferAllocator allocator;

  /**
   * @param present the region's schema as it is now
   */
  GroupBuilder(Supplier<RegionSchema> present, BufferAllocator allocator) {
    this.present = present;
    this.allocator = allocator;
  }

  /**
   * A SCHEMA_CHANGED if the write follows another schema than the region, an INVALID_ARGUMENT if
   * its columns are not what its mode asks for.
   */
  void check(RegionWrite write) {
    RegionSchema schema = present.get();
    schema.checkVersion(write.schemaVersion());
    List<ColumnSchema> expected = columns(schema, write.mode());
    List<FieldVector> given = write.rows().getFieldVectors();
    boolean fits = given.size() == expected.size();
    for (int i = 0; fits && i < given.size(); i++) {
      fits = given.get(i).getField().getType().equals(expected.get(i).type().arrowType());
    }
    if (!fits) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT,
          "a "
              + write.mode()
              + " of table "
              + schema.table().name()
              + " has columns "
              + write.rows().getSchema()
              + ", not "
              + expected);
    }
    if (write.mode() == WriteMode.DELETE && schema.isAppendOnly()) {
      throw new TerraneException(
          ErrorCode.UNSUPPORTED,
          "table " + schema.table().name() + " is append-only: rows cannot be deleted");
    }
  }

  private static List<ColumnSchema> columns(RegionSchema schema, WriteMode mode) {
    return mode == WriteMode.DELETE ? schema.keys() : schema.table().schema().columns();
  }

  /** The rows in order of arrival, numbered from {@code sequence + 1}; the caller closes them. */
  VectorSchemaRoot build(List<PendingWrite> writes, long sequence) {
    RegionSchema schema = present.get();
    int total = writes.stream().mapToInt(PendingWrite::rows).sum();
    VectorSchemaRoot target = VectorSchemaRoot.create(schema.rowSchema(), allocator);
    List<FieldVector> absent = new ArrayList<>();
    try {
      RowSelection selection = new RowSelection();
      for (PendingWrite pending : writes) {
        selection.add(stored(schema, pending.write(), absent), 0, pending.rows());
      }
      for (int i = 0; i < schema.stored().size(); i++) {
        selection.gather(i, target.getVector(i));
      }
      number((UInt8Vector) target.getVector(schema.sequenceIndex()), sequence + 1, total);
      markOps((UInt1Vector) target.getVector(schema.opIndex()), writes, total);
      target.setRowCount(total);
      return target;
    } catch (RuntimeException e) {
      target.close();
      throw e;
    } finally {
      absent.forEach(FieldVector::close);
    }
  }

  /**
   * A write's vectors in the order of the stored columns; for those that it does not have one of
   * NULLs, which is added to {@code absent}.
   */
  private FieldVector[] stored(RegionSchema schema, RegionWrite write, List<FieldVector> absent) {
    FieldVector[] vectors = new FieldVector[schema.stored().size()];
    List<ColumnSchema> columns = columns(schema, write.mode());
    for (int i = 0; i < columns.size(); i++) {
      vectors[schema.stored().indexOf(columns.get(i))] = write.rows().getVector(i);
    }
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i] == null) {
        vectors[i] = schema.rowSchema().getFields().get(i).createVector(allocator);
        absent.add(vectors[i]);
        vectors[i].setInitialCapacity(Math.max(1, write.rows().getRowCount()));
        vectors[i].allocateNew();
        vectors[i].setValueCount(write.rows().getRowCount());
      }
    }
    return vectors;
  }

  private static void number(UInt8Vector sequences, long first, int count) {
    sequences.allocateNew(Math.max(1, count));
    for (int i = 0; i < count; i++) {
      sequences.set(i, first + i);
    }
    sequences.setValueCount(count);
  }

  private static void markOps(UInt1Vector ops, List<PendingWrite> writes, int count) {
    ops.allocateNew(Math.max(1, count));
    int at = 0;
    for (PendingWrite pending : writes) {
      boolean delete = pending.write().mode() == WriteMode.DELETE;
      for (int i = 0; i < pending.rows(); i++) {
        ops.set(at++, delete ? RegionSchema.OP_DELETE : RegionSchema.OP_PUT);
      }
    }
    ops.setValueCount(count);
  }

  /** Gives inserted rows of a table without key columns their row ids. */
  void assignRowIds(VectorSchemaRoot rows) {
    RegionSchema schema = present.get();
    if (!schema.hasHiddenRowId()) {
      return;
    }
    UInt8Vector ids = (UInt8Vector) rows.getVector(schema.keyIndex(0));
    UInt8Vector sequences = (UInt8Vector) rows.getVector(schema.sequenceIndex());
    UInt1Vector ops = (UInt1Vector) rows.getVector(schema.opIndex());
    for (int i = 0; i < rows.getRowCount(); i++) {
      if (ops.get(i) == RegionSchema.OP_PUT) {
        ids.setSafe(i, sequences.get(i));
      }
    }
  }
}
