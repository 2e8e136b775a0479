/**
 * The devops data and the fifteen queries of the Time Series Benchmark Suite, generated here.
 *
 * @see <a href="https://github.com/timescale/tsbs">TSBS</a>
 */
package io.terrane.benchmarks.tsbs;
