package io.terrane.server.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, closed in reverse order, each once, whatever the others do. */
public final class ClosingStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClosingStack.class);

  private final Deque<Entry> entries = new ArrayDeque<>();

  private record Entry(String name, AutoCloseable resource) {}

  /** Registers a resource and gives it back. */
  public synchronized <T extends AutoCloseable> T add(String name, T resource) {
    entries.push(new Entry(name, resource));
    return resource;
  }

  @Override
  public void close() {
    for (Entry entry = pop(); entry != null; entry = pop()) {
      try {
        entry.resource().close();
      } catch (Exception failure) {
        LOG.warn("closing {} failed", entry.name(), failure);
      }
    }
  }

  private synchronized Entry pop() {
    return entries.poll();
  }
}
