package io.terrane.query.function;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.DataType;
import java.util.List;

/** Checks of argument lists. */
public final class Arguments {
  private Arguments() {}

  public static void count(String function, List<DataType> arguments, int least, int most) {
    if (arguments.size() < least || arguments.size() > most) {
      throw new TerraneException(
          ErrorCode.WRONG_ARGUMENT_COUNT,
          "Incorrect parameter count in the call to native function '" + function + "'");
    }
  }
}
