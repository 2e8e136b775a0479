package io.terrane.frontend.mysql.message;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.frontend.mysql.packet.PayloadReader;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows the statement id of an EXECUTE up to the values. Source: MySQL manual,
 * "COM_STMT_EXECUTE".
 *
 * @param nulls the bitmap of NULL parameters
 * @param types as sent now, or those of the execution before
 */
public record ComStmtExecute(byte[] nulls, List<ParameterType> types) {
  /** Cursor flags and an iteration count that is always 1. */
  private static final int IGNORED_BYTES = 5;

  /**
   * Reads up to the first value.
   *
   * @param earlierTypes those of the last execution, which a client need not repeat
   */
  public static ComStmtExecute read(
      PayloadReader in, int parameterCount, List<ParameterType> earlierTypes) {
    // The cursor that the flags may ask for is an offer the server need not take up.
    in.skip(IGNORED_BYTES);
    if (parameterCount == 0) {
      return new ComStmtExecute(new byte[0], List.of());
    }
    byte[] nulls = in.readBytes((parameterCount + 7) / 8);
    if (in.readUint8() == 0) {
      if (earlierTypes.size() != parameterCount) {
        throw new TerraneException(
            ErrorCode.MALFORMED_PACKET,
            "Malformed communication packet: the types of "
                + parameterCount
                + " parameters were never sent");
      }
      return new ComStmtExecute(nulls, earlierTypes);
    }
    List<ParameterType> types = new ArrayList<>(parameterCount);
    for (int i = 0; i < parameterCount; i++) {
      types.add(ParameterType.read(in));
    }
    return new ComStmtExecute(nulls, List.copyOf(types));
  }

  public boolean isNull(int parameter) {
    return (nulls[parameter / 8] >> (parameter % 8) & 1) != 0;
  }
}
