package io.terrane.query;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.sql.ClientInfo;
import io.terrane.api.sql.Privilege;
import io.terrane.query.function.admin.AdminFunctions;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Where admin functions may be called: in a SELECT without FROM, so that each call happens exactly
 * once, and when the reader thinks it does.
 */
final class AdminCalls extends SqlBasicVisitor<Void> {
  private final AdminFunctions functions;
  private String called;
  private boolean reads;

  private AdminCalls(AdminFunctions functions) {
    this.functions = functions;
  }

  /** UNSUPPORTED if a query calls one anywhere else, PRIVILEGE_REQUIRED if the client may not. */
  static void check(SqlNode query, AdminFunctions functions, ClientInfo client) {
    AdminCalls calls = new AdminCalls(functions);
    query.accept(calls);
    if (calls.called != null && (calls.reads || !(query instanceof SqlSelect))) {
      throw refused(calls.called);
    }
    if (calls.called != null) {
      requireAdmin(client);
    }
  }

  /** Whether a query calls one. */
  static boolean isIn(SqlNode query, AdminFunctions functions) {
    AdminCalls calls = new AdminCalls(functions);
    query.accept(calls);
    return calls.called != null;
  }

  /** PRIVILEGE_REQUIRED unless the client may call admin functions. */
  static void requireAdmin(ClientInfo client) {
    if (!client.privileges().contains(Privilege.ADMIN)) {
      throw new TerraneException(
          ErrorCode.PRIVILEGE_REQUIRED,
          "Access denied; you need (at least one of) the ADMIN privilege(s) for this operation");
    }
  }

  /** UNSUPPORTED if a part of a write calls one. */
  static void refuse(SqlNode node, AdminFunctions functions) {
    AdminCalls calls = new AdminCalls(functions);
    node.accept(calls);
    if (calls.called != null) {
      throw refused(calls.called);
    }
  }

  private static TerraneException refused(String function) {
    return new TerraneException(
        ErrorCode.UNSUPPORTED,
        "Function " + function + " may only be called in a SELECT without FROM");
  }

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select
        && (select.getFrom() != null || select.getWhere() != null)) {
      reads = true;
    }
    String name = call.getOperator().getName();
    if (call.getKind() != SqlKind.SELECT && functions.find(name).isPresent()) {
      called = name;
    }
    return super.visit(call);
  }
}
