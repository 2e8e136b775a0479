package io.terrane.frontend.mysql.command;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.frontend.mysql.message.Command;
import io.terrane.frontend.mysql.packet.PayloadReader;
import io.terrane.frontend.mysql.result.Continuation;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Finds the handler of a command. QUIT and CHANGE_USER concern the connection itself and never get
 * here. Stateless; shared by all connections.
 */
public final class CommandDispatcher {
  private final Map<Command, CommandHandler> handlers = new EnumMap<>(Command.class);

  /**
   * @param statistics the text that COM_STATISTICS answers
   */
  public CommandDispatcher(Supplier<String> statistics) {
    handlers.put(Command.INIT_DB, new InitDbHandler());
    handlers.put(Command.QUERY, new QueryHandler());
    handlers.put(Command.FIELD_LIST, new FieldListHandler());
    handlers.put(Command.STATISTICS, new StatisticsHandler(statistics));
    handlers.put(Command.PROCESS_KILL, new ProcessKillHandler());
    handlers.put(Command.PING, new PingHandler());
    handlers.put(Command.STMT_PREPARE, new StmtPrepareHandler());
    handlers.put(Command.STMT_EXECUTE, new StmtExecuteHandler());
    handlers.put(Command.STMT_SEND_LONG_DATA, new StmtSendLongDataHandler());
    handlers.put(Command.STMT_CLOSE, new StmtCloseHandler());
    handlers.put(Command.STMT_RESET, new StmtResetHandler());
    handlers.put(Command.STMT_FETCH, new StmtFetchHandler());
    handlers.put(Command.SET_OPTION, new SetOptionHandler());
    handlers.put(Command.RESET_CONNECTION, new ResetHandler());
  }

  public Continuation dispatch(Command command, PayloadReader payload, ClientState client) {
    CommandHandler handler = handlers.get(command);
    if (handler == null) {
      throw unknownCommand();
    }
    return handler.handle(payload, client);
  }

  public static TerraneException unknownCommand() {
    return new TerraneException(ErrorCode.UNKNOWN_COMMAND, "Unknown command");
  }
}
