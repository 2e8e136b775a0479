package io.terrane.datanode.wal;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.RegionId;
import io.terrane.api.region.WriteId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a reader learns of a WAL record without decoding its value. Bytes: see the package
 * description.
 *
 * @param sequence before the record's first row (ROWS), or the floor of what follows (FENCE)
 * @param rows in the record's value
 * @param part index of this record among the parts of one group, from 0
 * @param parts how many records the group has; it takes effect when all are there
 * @param writes in the group; the first part carries them
 */
public record WalHeader(
    Kind kind,
    RegionId region,
    RegionEpoch epoch,
    long sequence,
    int rows,
    int part,
    int parts,
    List<RecordedWrite> writes) {
  /** The numbers are persisted. */
  public enum Kind {
    ROWS(0),
    FENCE(1);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    static Kind ofNumber(int number) {
      return switch (number) {
        case 0 -> ROWS;
        case 1 -> FENCE;
        default ->
            throw new TerraneException(ErrorCode.CORRUPTED, "WAL record has the kind " + number);
      };
    }
  }

  static final int VERSION = 1;
  static final String REGION = "region";
  static final String HEADER = "terrane";
  static final String WRITES = "writes";
  private static final int HEADER_BYTES = 1 + 1 + 8 + 8 + 4 + 4 + 4;
  private static final int WRITE_BYTES = 8 + 8 + 4;

  public WalHeader {
    writes = List.copyOf(writes);
  }

  /** Last row's sequence. */
  public long lastSequence() {
    return sequence + rows;
  }

  Map<String, byte[]> encode() {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    header.put((byte) VERSION).put((byte) kind.number).putLong(epoch.value()).putLong(sequence);
    header.putInt(rows).putInt(part).putInt(parts);
    ByteBuffer ids = ByteBuffer.allocate(writes.size() * WRITE_BYTES);
    for (RecordedWrite write : writes) {
      ids.putLong(write.id().session()).putLong(write.id().sequence()).putInt(write.rows());
    }
    byte[] regionBytes = ByteBuffer.allocate(8).putLong(region.value()).array();
    return Map.of(REGION, regionBytes, HEADER, header.array(), WRITES, ids.array());
  }

  /** Whether the record belongs to {@code region}; cheap. */
  static boolean isOf(RegionId region, Map<String, byte[]> headers) {
    byte[] bytes = headers.get(REGION);
    return bytes != null && bytes.length == 8 && ByteBuffer.wrap(bytes).getLong() == region.value();
  }

  /** The region a record belongs to; nothing if it is no WAL record. Cheap. */
  static Optional<RegionId> regionOf(Map<String, byte[]> headers) {
    byte[] bytes = headers.get(REGION);
    return bytes == null || bytes.length != 8
        ? Optional.empty()
        : Optional.of(new RegionId(ByteBuffer.wrap(bytes).getLong()));
  }

  /** Whether the headers have the lengths of this format. */
  static boolean areComplete(Map<String, byte[]> headers) {
    byte[] header = headers.get(HEADER);
    byte[] ids = headers.get(WRITES);
    return header != null
        && ids != null
        && header.length == HEADER_BYTES
        && ids.length % WRITE_BYTES == 0;
  }

  /** Reads headers that are complete and whose checksum matched. */
  static WalHeader decode(RegionId region, Map<String, byte[]> headers) {
    byte[] bytes = headers.get(HEADER);
    byte[] ids = headers.get(WRITES);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    int version = header.get();
    if (version != VERSION) {
      throw new TerraneException(
          ErrorCode.CORRUPTED, "WAL record of region " + region + " has format version " + version);
    }
    Kind kind = Kind.ofNumber(header.get());
    RegionEpoch epoch = new RegionEpoch(header.getLong());
    long sequence = header.getLong();
    int rows = header.getInt();
    int part = header.getInt();
    int parts = header.getInt();
    List<RecordedWrite> writes = new ArrayList<>();
    ByteBuffer writeIds = ByteBuffer.wrap(ids);
    while (writeIds.hasRemaining()) {
      WriteId id = new WriteId(writeIds.getLong(), writeIds.getLong());
      writes.add(new RecordedWrite(id, writeIds.getInt()));
    }
    return new WalHeader(kind, region, epoch, sequence, rows, part, parts, writes);
  }
}
