package io.terrane.frontend.mysql.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.frontend.mysql.packet.Inbound;
import io.terrane.frontend.mysql.packet.PacketDecoder;
import io.terrane.frontend.mysql.packet.PacketEncoder;
import io.terrane.frontend.mysql.result.Continuation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's channel: takes packets on the event loop, has each answered on a query thread, one
 * after the other, and holds an answer back while the client does not read.
 *
 * <p>Fields are the event loop's. {@link ClientConversation} is used by query threads, by one at a
 * time, and every change of hands goes through the event loop or the executor's queue.
 *
 * <pre>
 *            packet                    channel full
 *   idle ───────────────▶ running ◀───────────────────▶ parked
 *    ▲                       │         channel drained
 *    └───────────────────────┘ answer complete
 * </pre>
 *
 * In each of the three the channel may go down: the conversation is then cancelled and closed by a
 * query thread, once none is at work in it.
 */
public final class MySqlConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(MySqlConnection.class);
  private static final int PIPELINED_PACKETS_MAX = 64;
  private static final int PIPELINED_BYTES_MAX = 1 << 20;

  private final ConnectionEnvironment environment;
  private final Deque<Inbound> waiting = new ArrayDeque<>();
  private Channel channel;
  private ClientConversation conversation;
  private Deadline deadline;
  private long waitingBytes;
  private boolean running;
  private boolean closing;
  private boolean closed;
  private Continuation parked;

  public MySqlConnection(ConnectionEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    int id = environment.connections().enter(channel);
    PacketEncoder packets = new PacketEncoder(channel.alloc(), this::write);
    if (id == 0) {
      packets.startAt(0);
      environment.tooManyConnections(packets);
      closeAfterWrites();
      return;
    }
    deadline =
        new Deadline(
            environment.scheduler(), environment.ticker(), channel.eventLoop(), this::expired);
    deadline.moveTo(environment.limits().login());
    conversation =
        new ClientConversation(
            environment, channel, context.pipeline().get(PacketDecoder.class), packets, id);
    conversation.greet();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Inbound inbound = (Inbound) message;
    if (closing || closed || conversation == null) {
      inbound.release();
      return;
    }
    waiting.add(inbound);
    waitingBytes += inbound.size();
    if (waiting.size() > PIPELINED_PACKETS_MAX || waitingBytes > PIPELINED_BYTES_MAX) {
      // Until it is read again, a client that leaves is not noticed either.
      channel.config().setAutoRead(false);
    }
    next();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable() && parked != null) {
      Continuation rest = parked;
      parked = null;
      deadline.suspend();
      submit(() -> run(rest), () -> closeQuietly(rest));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed = true;
    if (conversation == null) {
      return;
    }
    deadline.cancel();
    environment.connections().leave();
    waiting.forEach(Inbound::release);
    waiting.clear();
    if (!running) {
      submitEnd(() -> abandon(Continuation.DONE));
    } else if (parked != null) {
      Continuation rest = parked;
      parked = null;
      submitEnd(() -> abandon(rest));
    } else {
      conversation.cancel();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Resets, broken pipes and failed TLS handshakes are how clients leave.
    if (cause instanceof IOException || cause.getCause() instanceof IOException) {
      LOG.debug("connection {} fails", channel, cause);
    } else {
      LOG.warn("connection {} fails", channel, cause);
    }
    context.close();
  }

  private void next() {
    if (running || closing || closed || waiting.isEmpty()) {
      return;
    }
    Inbound inbound = waiting.remove();
    waitingBytes -= inbound.size();
    if (!channel.config().isAutoRead()
        && waiting.size() <= PIPELINED_PACKETS_MAX / 2
        && waitingBytes <= PIPELINED_BYTES_MAX / 2) {
      channel.config().setAutoRead(true);
    }
    running = true;
    if (conversation.isLoggedIn()) {
      deadline.suspend();
    }
    submit(
        () -> handle(inbound),
        () -> {
          conversation.answerTo(inbound);
          inbound.release();
        });
  }

  /** On a query thread. */
  private void handle(Inbound inbound) {
    Continuation answer;
    try {
      // A client that is gone has its last commands forgotten rather than run.
      answer = channel.isActive() ? conversation.handle(inbound) : Continuation.DONE;
    } catch (RuntimeException | Error e) {
      fail(e);
      return;
    } finally {
      inbound.release();
    }
    run(answer);
  }

  /** On a query thread. */
  private void run(Continuation answer) {
    Continuation rest = answer;
    try {
      while (rest != Continuation.DONE) {
        if (!channel.isWritable()) {
          Continuation held = rest;
          conversation.flush();
          handBack(() -> park(held), held);
          return;
        }
        rest = rest.resume();
      }
    } catch (RuntimeException | Error e) {
      closeQuietly(rest);
      fail(e);
      return;
    }
    complete();
  }

  /** The client is gone: ends the answer and the session. On a query thread. */
  private void abandon(Continuation rest) {
    closeQuietly(rest);
    try {
      conversation.close();
    } catch (RuntimeException e) {
      LOG.warn("closing the session of {} fails", channel, e);
    }
  }

  private void closeQuietly(Continuation rest) {
    try {
      rest.close();
    } catch (RuntimeException e) {
      LOG.warn("closing what a failed answer of {} left fails", channel, e);
    }
  }

  private void fail(Throwable failure) {
    conversation.fail(failure);
    complete();
  }

  private void complete() {
    conversation.flush();
    boolean last = conversation.isOver();
    handBack(() -> completed(last), Continuation.DONE);
  }

  /** From a query thread to the event loop; the conversation ends here if that is no more. */
  private void handBack(Runnable task, Continuation rest) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("the server closes while {} is answered", channel, e);
      abandon(rest);
    }
  }

  private void completed(boolean last) {
    running = false;
    if (closed) {
      submitEnd(() -> abandon(Continuation.DONE));
    } else if (last) {
      closeAfterWrites();
    } else {
      if (conversation.isLoggedIn()) {
        deadline.moveTo(environment.limits().idle());
      }
      next();
    }
  }

  private void park(Continuation rest) {
    if (closed) {
      submitEnd(() -> abandon(rest));
    } else if (channel.isWritable()) {
      submit(() -> run(rest), () -> closeQuietly(rest));
    } else {
      parked = rest;
      deadline.moveTo(environment.limits().write());
    }
  }

  /** The last task of this connection: better on a late event loop than never. */
  private void submitEnd(Runnable task) {
    try {
      environment.queryExecutor().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("no thread is left to close {}", channel, e);
      task.run();
    }
  }

  private void submit(Runnable task, Runnable ifRefused) {
    try {
      environment.queryExecutor().execute(task);
    } catch (RejectedExecutionException e) {
      LOG.warn("no thread is left for a command of {}", channel, e);
      ifRefused.run();
      running = false;
      conversation.fail(
          new TerraneException(
              ErrorCode.RESOURCE_EXHAUSTED, "no thread is left to run the command", e));
      conversation.flush();
      closeAfterWrites();
    }
  }

  private void expired() {
    LOG.debug("connection {} is closed: its time to log in, ask or read is over", channel);
    channel.close();
  }

  private void write(ByteBuf chunk) {
    channel.writeAndFlush(chunk, channel.voidPromise());
  }

  private void closeAfterWrites() {
    closing = true;
    channel.writeAndFlush(channel.alloc().buffer(0, 0)).addListener(ChannelFutureListener.CLOSE);
  }
}
