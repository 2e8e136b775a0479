/** Recipes for operators: immutable, opened any number of times. */
package io.terrane.query.plan.physical;
