/** An application that writes, and an operator who moves what it writes to. */
package io.terrane.benchmarks.moves;
