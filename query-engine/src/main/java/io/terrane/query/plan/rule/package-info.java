/** Rewrites of the relational form: one pass each, linear in the size of the query. */
package io.terrane.query.plan.rule;
