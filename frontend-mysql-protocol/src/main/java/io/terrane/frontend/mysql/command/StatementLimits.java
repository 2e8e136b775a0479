package io.terrane.frontend.mysql.command;

/**
 * How much one client's prepared statements may hold.
 *
 * @param statementsMax prepared and not closed
 * @param longDataBytesMax sent ahead of executions, over all statements
 */
public record StatementLimits(int statementsMax, int longDataBytesMax) {}
