/** Sketches: small states that answer about many values, and can be stored and merged. */
package io.terrane.query.function.sketch;
