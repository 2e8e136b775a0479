/** Terrane and the databases it is measured beside, each behind {@code Peer}. */
package io.terrane.benchmarks.peer;
