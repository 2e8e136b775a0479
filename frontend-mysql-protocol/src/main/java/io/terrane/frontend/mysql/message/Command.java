package io.terrane.frontend.mysql.message;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The first byte of a packet in the command phase, for the commands this server answers. */
public enum Command {
  QUIT(0x01),
  INIT_DB(0x02),
  QUERY(0x03),
  FIELD_LIST(0x04),
  STATISTICS(0x09),
  PROCESS_KILL(0x0C),
  PING(0x0E),
  CHANGE_USER(0x11),
  STMT_PREPARE(0x16),
  STMT_EXECUTE(0x17),
  STMT_SEND_LONG_DATA(0x18),
  STMT_CLOSE(0x19),
  STMT_RESET(0x1A),
  SET_OPTION(0x1B),
  STMT_FETCH(0x1C),
  RESET_CONNECTION(0x1F);

  private static final Map<Integer, Command> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(Command::code, Function.identity()));

  private final int code;

  Command(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  public static Optional<Command> ofCode(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}
