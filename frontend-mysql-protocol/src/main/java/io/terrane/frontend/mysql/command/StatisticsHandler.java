package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;
import java.util.function.Supplier;

/** COM_STATISTICS: a line of text, without any packet header of its own. */
final class StatisticsHandler implements CommandHandler {
  private final Supplier<String> statistics;

  StatisticsHandler(Supplier<String> statistics) {
    this.statistics = statistics;
  }

  @Override
  public Continuation handle(PayloadReader payload, ClientState client) {
    String line = statistics.get();
    client.responder().packet(out -> out.writeString(line));
    return Continuation.DONE;
  }
}
