package io.terrane.log;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments of a topic, which follow each other without a gap, and the first position that is
 * kept. Never empty. Guarded by its topic's lock.
 */
final class LocalSegments {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSegments.class);

  private final LocalDirectory directory;
  private final NavigableMap<Long, LocalSegment> byBase = new TreeMap<>();
  private long start;

  private LocalSegments(LocalDirectory directory, long start) {
    this.directory = directory;
    this.start = start;
  }

  /** Checks every segment; CORRUPTED if one is damaged or missing. */
  static LocalSegments open(LocalDirectory directory) throws IOException {
    LocalSegments segments = new LocalSegments(directory, directory.readStart());
    try {
      segments.openAll(directory.segmentsFrom(segments.start));
    } catch (IOException | TerraneException failure) {
      segments.close();
      throw failure;
    }
    return segments;
  }

  private void openAll(List<Path> files) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      boolean last = i == files.size() - 1;
      LocalSegment segment =
          last ? LocalSegment.openLast(files.get(i)) : LocalSegment.openFull(files.get(i));
      boolean follows = byBase.isEmpty() || end() == segment.base();
      byBase.put(segment.base(), segment);
      if (!follows) {
        throw damaged("misses records before position " + segment.base());
      }
    }
    if (byBase.isEmpty()) {
      byBase.put(start, LocalSegment.create(directory.path(), start));
    }
    if (start < byBase.firstKey()) {
      throw damaged("begins at " + byBase.firstKey() + " instead of " + start);
    }
    if (start > end()) {
      throw damaged("ends at " + end() + " although it was trimmed to " + start);
    }
  }

  long start() {
    return start;
  }

  long end() {
    return last().end();
  }

  /** The one that is written. */
  LocalSegment last() {
    return byBase.lastEntry().getValue();
  }

  /** The one that holds a position between start and end. */
  LocalSegment holding(long position) {
    return byBase.floorEntry(position).getValue();
  }

  /** Follows the last one from here on. */
  void add(LocalSegment segment) {
    byBase.put(segment.base(), segment);
  }

  /** Moves the start; gives the segments that hold nothing any more, to be deleted. */
  List<LocalSegment> trim(long kept) {
    start = kept;
    List<LocalSegment> taken = new ArrayList<>();
    while (byBase.size() > 1 && byBase.firstEntry().getValue().end() <= kept) {
      taken.add(byBase.pollFirstEntry().getValue());
    }
    return taken;
  }

  void close() {
    for (LocalSegment segment : byBase.values()) {
      try {
        segment.close();
      } catch (IOException failure) {
        LOG.warn("closing a segment in {} failed", directory.path(), failure);
      }
    }
  }

  private TerraneException damaged(String what) {
    return new TerraneException(ErrorCode.CORRUPTED, "log folder " + directory.path() + " " + what);
  }
}
