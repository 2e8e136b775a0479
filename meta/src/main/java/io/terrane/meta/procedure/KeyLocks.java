package io.terrane.meta.procedure;

import java.util.ArrayList;
import java.util.List;

/**
 * Locks of this metasrv's running procedures. All keys of a procedure are granted at once and in
 * order of asking: who asks later waits for everyone before who conflicts, so nobody starves and no
 * two wait for each other. They are not stored; a new leader asks again in order of submission.
 */
final class KeyLocks {
  private final List<Entry> entries = new ArrayList<>();

  /** Calls {@code granted} once all keys are held, at the latest by somebody's release. */
  void acquire(Object owner, LockKeys keys, Runnable granted) {
    synchronized (this) {
      entries.add(new Entry(owner, keys, granted));
    }
    grant();
  }

  void release(Object owner) {
    synchronized (this) {
      entries.removeIf(entry -> entry.owner.equals(owner));
    }
    grant();
  }

  private void grant() {
    List<Entry> free = new ArrayList<>();
    synchronized (this) {
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        boolean blocked =
            entries.subList(0, i).stream().anyMatch(e -> e.keys.conflictsWith(entry.keys));
        if (!entry.held && !blocked) {
          entry.held = true;
          free.add(entry);
        }
      }
    }
    free.forEach(entry -> entry.granted.run());
  }

  private static final class Entry {
    private final Object owner;
    private final LockKeys keys;
    private final Runnable granted;
    private boolean held;

    Entry(Object owner, LockKeys keys, Runnable granted) {
      this.owner = owner;
      this.keys = keys;
      this.granted = granted;
    }
  }
}
