package io.terrane.datanode.wal;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.RegionId;
import io.terrane.log.LogEntry;
import io.terrane.log.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides, record by record in log order, what of a WAL topic takes effect on one region. Every
 * reader of the log decides alike, which is what makes the log the truth:
 *
 * <ul>
 *   <li>a record with an epoch below the last fence's has no effect: its leader was deposed;
 *   <li>a record whose rows begin at or below the last sequence has no effect: a fence of the same
 *       epoch gave it up;
 *   <li>the parts of a group take effect together or not at all;
 *   <li>a gap in the sequence is corruption.
 * </ul>
 *
 * Not thread-safe.
 */
public final class WalReplay {
  private final RegionId region;
  private WalPoint point;
  private WalPoint groupStart;
  private final List<Part> parts = new ArrayList<>();

  public WalReplay(RegionId region, WalPoint from) {
    this.region = region;
    this.point = from;
    this.groupStart = from;
  }

  /** Where the reader stands: behind everything accepted so far. */
  public WalPoint point() {
    return point;
  }

  /** Where a reader must begin to go on from here without this object. */
  public WalPoint resumePoint() {
    return parts.isEmpty() ? point : groupStart;
  }

  /** Notes that there is nothing before {@code position} any more. */
  public WalPoint skipTo(long position) {
    point = new WalPoint(position, point.epoch(), point.sequence());
    return point;
  }

  /** Takes the topic's next entry; answers a group when this record completes one. */
  public Optional<WalEntry> accept(LogEntry entry) {
    long next = entry.position() + 1;
    LogRecord record = entry.record();
    if (!WalHeader.isOf(region, record.headers())) {
      point = new WalPoint(next, point.epoch(), point.sequence());
      return Optional.empty();
    }
    WalCodec.check(region, entry);
    WalHeader header = WalHeader.decode(region, record.headers());
    Optional<WalEntry> complete =
        switch (header.kind()) {
          case FENCE -> fence(header);
          case ROWS -> rows(header, record);
        };
    long sequence = complete.map(WalEntry::lastSequence).orElse(point.sequence());
    point = new WalPoint(next, point.epoch(), sequence);
    return complete;
  }

  private Optional<WalEntry> fence(WalHeader header) {
    if (header.epoch().value() >= point.epoch()) {
      parts.clear();
      point =
          new WalPoint(
              point.position(),
              header.epoch().value(),
              Math.max(point.sequence(), header.sequence()));
    }
    return Optional.empty();
  }

  private Optional<WalEntry> rows(WalHeader header, LogRecord record) {
    if (header.epoch().value() < point.epoch()) {
      return Optional.empty();
    }
    if (header.epoch().value() > point.epoch()) {
      throw corrupted("epoch " + header.epoch() + " begins without a fence");
    }
    if (header.part() == 0) {
      parts.clear();
      groupStart = point;
    }
    long expected = parts.isEmpty() ? point.sequence() : lastPart().lastSequence();
    if (header.sequence() < expected || header.part() != parts.size()) {
      return Optional.empty();
    }
    if (header.sequence() > expected) {
      throw corrupted("rows after sequence " + expected + " are missing");
    }
    parts.add(new Part(header, record));
    if (parts.size() < header.parts()) {
      return Optional.empty();
    }
    WalEntry whole = new WalEntry(groupStart, List.copyOf(parts));
    parts.clear();
    return Optional.of(whole);
  }

  private WalHeader lastPart() {
    return parts.get(parts.size() - 1).header();
  }

  private TerraneException corrupted(String what) {
    return new TerraneException(
        ErrorCode.CORRUPTED,
        "WAL of region " + region + " at position " + point.position() + ": " + what);
  }

  /** One record of a group. */
  record Part(WalHeader header, LogRecord record) {}
}
