/**
 * From a parsed query to operators: {@code StatementRewriter} brings MySQL's meaning into the tree,
 * Calcite validates and converts it, {@code plan.rule} improves the relational form, {@code
 * plan.physical} opens operators for it.
 */
package io.terrane.query.plan;
