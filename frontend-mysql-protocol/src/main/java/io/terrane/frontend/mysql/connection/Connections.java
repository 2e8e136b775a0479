package io.terrane.frontend.mysql.connection;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.terrane.api.time.Ticker;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The connections of one server: their numbers, how many there are, what they asked. Thread-safe.
 */
public final class Connections {
  private final int connectionsMax;
  private final Ticker ticker;
  private final long startedNanos;
  private final AtomicInteger lastId = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder questions = new LongAdder();
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  public Connections(int connectionsMax, Ticker ticker) {
    this.connectionsMax = connectionsMax;
    this.ticker = ticker;
    this.startedNanos = ticker.nanos();
  }

  /** A new connection's number, or 0 if there are too many; whoever got one leaves it again. */
  int enter(Channel channel) {
    if (open.incrementAndGet() > connectionsMax) {
      open.decrementAndGet();
      return 0;
    }
    channels.add(channel);
    return lastId.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
  }

  void leave() {
    open.decrementAndGet();
  }

  void countQuestion() {
    questions.increment();
  }

  public int open() {
    return open.get();
  }

  /** Packets that were answered so far, of all connections. */
  public long questions() {
    return questions.sum();
  }

  /** The line that COM_STATISTICS answers; the zeros are things this server does not have. */
  public String statistics() {
    long seconds = (ticker.nanos() - startedNanos) / 1_000_000_000L;
    long asked = questions.sum();
    long perSecondThousandths = asked * 1000 / Math.max(1, seconds);
    return "Uptime: "
        + seconds
        + "  Threads: "
        + open.get()
        + "  Questions: "
        + asked
        + "  Slow queries: 0  Opens: 0  Flush tables: 0  Open tables: 0"
        + "  Queries per second avg: "
        + perSecondThousandths / 1000
        + "."
        + String.format(Locale.ROOT, "%03d", perSecondThousandths % 1000);
  }

  public ChannelGroupFuture closeAll() {
    return channels.close();
  }
}
