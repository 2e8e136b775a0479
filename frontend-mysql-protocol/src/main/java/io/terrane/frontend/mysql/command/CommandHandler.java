package io.terrane.frontend.mysql.command;

import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;

/** Answers one command. Runs on a query thread and may block; failures become the ERR packet. */
@FunctionalInterface
interface CommandHandler {
  /**
   * @param payload behind the command byte; valid inside the call only
   */
  Continuation handle(PayloadReader payload, ClientState client);
}
