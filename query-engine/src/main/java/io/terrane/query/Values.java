package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.table.Datum;
import io.terrane.query.parse.VariableName;
import io.terrane.query.session.SessionVariables;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/** Puts values where a statement names variables, and, where asked to, parameters. */
final class Values extends SqlShuttle {
  private final SessionVariables variables;
  private final List<Datum> parameters;
  private final boolean bindsParameters;

  private Values(SessionVariables variables, List<Datum> parameters, boolean bindsParameters) {
    this.variables = variables;
    this.parameters = parameters;
    this.bindsParameters = bindsParameters;
  }

  /** Variables only: the planner takes parameters itself. */
  static Values ofVariables(SessionVariables variables) {
    return new Values(variables, List.of(), false);
  }

  static Values ofAll(SessionVariables variables, List<Datum> parameters) {
    return new Values(variables, parameters, true);
  }

  SqlNode in(SqlNode node) {
    return node.accept(this);
  }

  @Override
  public SqlNode visit(SqlIdentifier identifier) {
    return VariableName.of(identifier)
        .map(name -> literal(variables.get(name), identifier.getParserPosition()))
        .orElse(identifier);
  }

  @Override
  public SqlNode visit(SqlDynamicParam parameter) {
    if (!bindsParameters) {
      return parameter;
    }
    if (parameter.getIndex() >= parameters.size()) {
      throw new TerraneException(
          ErrorCode.INVALID_ARGUMENT, "No value for parameter " + (parameter.getIndex() + 1));
    }
    return literal(parameters.get(parameter.getIndex()), parameter.getParserPosition());
  }

  private static SqlNode literal(Datum value, SqlParserPos position) {
    if (value.isNull()) {
      return SqlLiteral.createNull(position);
    }
    return switch (value.type().kind()) {
      case NULL -> SqlLiteral.createNull(position);
      case BOOLEAN -> SqlLiteral.createBoolean((Boolean) value.value(), position);
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 ->
          SqlLiteral.createExactNumeric(value.value().toString(), position);
      case UINT64 ->
          SqlLiteral.createExactNumeric(Long.toUnsignedString((Long) value.value()), position);
      case FLOAT32, FLOAT64 -> SqlLiteral.createApproxNumeric(value.value().toString(), position);
      case DECIMAL ->
          SqlLiteral.createExactNumeric(((BigDecimal) value.value()).toPlainString(), position);
      case STRING -> SqlLiteral.createCharString((String) value.value(), position);
      case BINARY -> {
        ByteBuffer view = ((ByteBuffer) value.value()).duplicate();
        byte[] bytes = new byte[view.remaining()];
        view.get(bytes);
        yield SqlLiteral.createBinaryString(bytes, position);
      }
      case DATE, TIME, TIMESTAMP ->
          throw new TerraneException(
              ErrorCode.UNSUPPORTED, "A " + value.type() + " is not supported here");
    };
  }
}
