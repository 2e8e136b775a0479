/** Measurements beside peers in the same run; see the module's README. */
package io.terrane.benchmarks;
