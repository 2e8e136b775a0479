package io.terrane.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.terrane.server.Version;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The meters of one process, in Prometheus' form: the Java runtime's by Micrometer's names, and
 * {@code terrane_…} of the nodes that run here, which register their own. Thread-safe.
 */
public final class ProcessMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /**
   * @param memory of all Arrow batches of the process
   */
  public ProcessMetrics(BufferAllocator memory) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    Gauge.builder("terrane.build", () -> 1)
        .description("Always 1; the labels say what runs")
        .tag("version", Version.NUMBER)
        .tag("commit", Version.COMMIT)
        .register(registry);
    Gauge.builder("terrane.arrow.memory", memory, BufferAllocator::getAllocatedMemory)
        .description("Direct memory held by Arrow batches")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("terrane.arrow.memory.peak", memory, BufferAllocator::getPeakMemoryAllocation)
        .description("The most that Arrow batches held at once")
        .baseUnit("bytes")
        .register(registry);
  }

  public MeterRegistry registry() {
    return registry;
  }

  /** All meters as they are now, in Prometheus' text format. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
