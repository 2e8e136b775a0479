package io.terrane.query.function.admin;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.procedure.ProcedureId;
import io.terrane.api.procedure.ProcedureInfo;
import io.terrane.api.procedure.ProcedureStatus;
import io.terrane.api.service.ProcedureService;
import io.terrane.api.table.DataType;
import io.terrane.api.table.Datum;
import java.time.Duration;
import java.util.List;

/**
 * {@code procedure_state(id)}: JSON with {@code status} and, where it went wrong, {@code error}.
 */
final class ProcedureStateFunction extends AdminFunction {
  private final ProcedureService procedures;
  private final Duration timeout;

  ProcedureStateFunction(ProcedureService procedures, Duration timeout) {
    super("procedure_state", 1, Parameter.TEXT);
    this.procedures = procedures;
    this.timeout = timeout;
  }

  @Override
  public DataType resultType() {
    return DataType.STRING;
  }

  @Override
  Datum act(List<Datum> arguments, AdminCaller caller) {
    ProcedureId id = ProcedureId.parse((String) arguments.get(0).value());
    ProcedureInfo info =
        Futures.await(procedures.find(id), timeout, "look up procedure " + id)
            .orElseThrow(
                () ->
                    new TerraneException(
                        ErrorCode.PROCEDURE_NOT_FOUND, "Procedure not found: " + id));
    return Datum.of(json(info));
  }

  static String json(ProcedureInfo info) {
    StringBuilder json = new StringBuilder("{\"status\":\"").append(info.status().label());
    json.append('"');
    boolean quiet =
        info.status() == ProcedureStatus.RUNNING || info.status() == ProcedureStatus.DONE;
    if (!quiet && info.error().isPresent()) {
      json.append(",\"error\":\"");
      escape(info.error().get(), json);
      json.append('"');
    }
    return json.append('}').toString();
  }

  /** RFC 8259, section 7. */
  private static void escape(String text, StringBuilder json) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append(String.format("\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
  }
}
