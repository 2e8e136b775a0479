package io.terrane.datanode.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Reads parts of a file in order. Neighbours are fetched by one request, and the next requests are
 * under way while a part is worked with. It begins with single parts and asks for twice as much
 * each time, so that who stops early has not fetched much in vain; and it asks ahead only while all
 * scans together do not exceed their limit. Blocks on the bucket. One thread.
 */
public final class ReadAhead implements AutoCloseable {
  /** A request costs more than so many bytes that nobody wants. */
  private static final int GAP_BYTES_MAX = 32 << 10;

  /** A request for the parts {@code first} to {@code last}, both included. */
  private record Request(int first, int last, int permits, CompletableFuture<byte[]> fetched) {}

  private final RangeReader reader;
  private final CacheConfig config;
  private final Semaphore aheadBytes;
  private final List<FileRange> ranges;
  private final Deque<Request> requests = new ArrayDeque<>();
  private int next;
  private int planned;
  private long window;
  private long firstBytes;

  ReadAhead(RangeReader reader, CacheConfig config, Semaphore aheadBytes, List<FileRange> ranges) {
    this.reader = reader;
    this.config = config;
    this.aheadBytes = aheadBytes;
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Asks for the first parts already; whoever opens many files gets their beginnings at once.
   *
   * @param bytes that belong together at the beginning, and probably later on
   */
  public ReadAhead begin(long bytes) {
    firstBytes = bytes;
    window = bytes;
    plan(Math.min(1, config.aheadRequests()));
    return this;
  }

  /** The next part, checked. Must not be called more often than there are parts. */
  public byte[] next() {
    FileRange wanted = ranges.get(next);
    if (next > 0) {
      plan(config.aheadRequests());
    }
    byte[] bytes =
        requests.isEmpty() || requests.peek().first() > next ? near(wanted) : taken(wanted);
    next++;
    return bytes;
  }

  /** Steps over the next part, which nobody needs. */
  public void skip() {
    Request request = requests.peek();
    if (request != null && request.last() == next) {
      letGo(requests.remove());
    }
    next++;
  }

  private void letGo(Request request) {
    request.fetched().whenComplete((bytes, problem) -> aheadBytes.release(request.permits()));
  }

  private byte[] near(FileRange wanted) {
    return reader.findNear(wanted).orElseGet(() -> read(wanted));
  }

  /** Nothing was asked for in time: fetches what belongs together, without a share of the limit. */
  private byte[] read(FileRange wanted) {
    int end = requests.isEmpty() ? ranges.size() : requests.peek().first();
    int last = lastOfRequest(next, firstBytes, end);
    requests.addFirst(request(next, last, 0));
    planned = Math.max(planned, last + 1);
    window = Math.max(window, Math.min(config.requestBytes(), wanted.length() * 2L));
    return taken(wanted);
  }

  private Request request(int first, int last, int permits) {
    FileRange begin = ranges.get(first);
    int length = Math.toIntExact(ranges.get(last).end() - begin.offset());
    return new Request(first, last, permits, reader.fetch(begin.file(), begin.offset(), length));
  }

  private byte[] taken(FileRange wanted) {
    Request request = requests.peek();
    byte[] fetched = RangeReader.await(request.fetched());
    long from = wanted.offset() - ranges.get(request.first()).offset();
    byte[] bytes = reader.take(wanted, fetched, Math.toIntExact(from));
    if (request.last() == next) {
      requests.remove();
      aheadBytes.release(request.permits());
    }
    return bytes;
  }

  /** Asks for what is not near, from the part that is wanted now on. */
  private void plan(int requestsMax) {
    planned = Math.max(planned, next);
    while (requests.size() < requestsMax && planned < ranges.size()) {
      if (reader.isNear(ranges.get(planned))) {
        planned++;
        continue;
      }
      int last = lastOfRequest(planned, window, ranges.size());
      FileRange first = ranges.get(planned);
      int length = Math.toIntExact(ranges.get(last).end() - first.offset());
      if (!aheadBytes.tryAcquire(length)) {
        return;
      }
      requests.add(request(planned, last, length));
      planned = last + 1;
      window = Math.min(config.requestBytes(), Math.max(window, first.length()) * 2);
    }
  }

  private int lastOfRequest(int first, long bytesMax, int end) {
    int last = first;
    while (last + 1 < end
        && ranges.get(last + 1).offset() - ranges.get(last).end() <= GAP_BYTES_MAX
        && ranges.get(last + 1).end() - ranges.get(first).offset() <= bytesMax
        && !reader.isNear(ranges.get(last + 1))) {
      last++;
    }
    return last;
  }

  /** What nobody will take any more keeps its share of the limit until it has arrived. */
  @Override
  public void close() {
    requests.forEach(this::letGo);
    requests.clear();
    next = ranges.size();
  }
}
