/** The region engine alone, without SQL: what it takes in, keeps, reads, and how it comes back. */
package io.terrane.benchmarks.engine;
