package io.terrane.frontend.mysql.connection;

import io.terrane.frontend.mysql.command.ClientState;
import io.terrane.frontend.mysql.command.CommandDispatcher;
import io.terrane.frontend.mysql.message.Command;
import io.terrane.frontend.mysql.packet.Inbound;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;

/** A logged-in client: each packet is a command byte and what belongs to it. */
final class CommandPhase implements ConnectionPhase {
  private final CommandDispatcher dispatcher;
  private final ClientState client;
  private final ConnectionControl control;

  /** What a command can do to the connection itself. */
  interface ConnectionControl {
    Continuation changeUser(PayloadReader payload);

    Continuation quit();
  }

  CommandPhase(CommandDispatcher dispatcher, ClientState client, ConnectionControl control) {
    this.dispatcher = dispatcher;
    this.client = client;
    this.control = control;
  }

  @Override
  public Continuation handle(Inbound.Packet packet) {
    if (client.isReceivingFile()) {
      return client.receive(packet.payload());
    }
    PayloadReader payload = new PayloadReader(packet.payload());
    Command command =
        Command.ofCode(payload.readUint8()).orElseThrow(CommandDispatcher::unknownCommand);
    return switch (command) {
      case QUIT -> control.quit();
      case CHANGE_USER -> control.changeUser(payload);
      default -> dispatcher.dispatch(command, payload, client);
    };
  }

  @Override
  public OnFailure onFailure() {
    // In the middle of a file nobody could tell what the client sends next.
    return client.isReceivingFile() ? OnFailure.ANSWER_AND_CLOSE : OnFailure.ANSWER;
  }
}
