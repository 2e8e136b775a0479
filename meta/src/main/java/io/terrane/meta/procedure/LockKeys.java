package io.terrane.meta.procedure;

import io.terrane.api.region.RegionId;
import io.terrane.api.table.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a procedure locks: names of databases, tables and regions, each for reading (others may read
 * too) or writing (alone). Names are folded to lower case, since the catalogue matches them so.
 * Prints as sorted {@code name:mode} texts.
 */
public final class LockKeys {
  /** Locks nothing. */
  public static final LockKeys NONE = new LockKeys(Map.of());

  /** How a key is held. */
  enum Mode {
    READ,
    WRITE
  }

  private final Map<String, Mode> modes;

  private LockKeys(Map<String, Mode> modes) {
    this.modes = Collections.unmodifiableMap(new TreeMap<>(modes));
  }

  public LockKeys readDatabase(String name) {
    return with("database " + name.toLowerCase(Locale.ROOT), Mode.READ);
  }

  public LockKeys writeDatabase(String name) {
    return with("database " + name.toLowerCase(Locale.ROOT), Mode.WRITE);
  }

  public LockKeys readTable(TableName name) {
    return with("table " + name.toString().toLowerCase(Locale.ROOT), Mode.READ);
  }

  public LockKeys writeTable(TableName name) {
    return with("table " + name.toString().toLowerCase(Locale.ROOT), Mode.WRITE);
  }

  public LockKeys writeRegion(RegionId region) {
    return with("region " + region.value(), Mode.WRITE);
  }

  /** For instance {@code table public.cpu:read}. */
  public List<String> texts() {
    List<String> texts = new ArrayList<>();
    modes.forEach((key, mode) -> texts.add(key + ":" + mode.name().toLowerCase(Locale.ROOT)));
    return texts;
  }

  boolean conflictsWith(LockKeys other) {
    return modes.entrySet().stream()
        .anyMatch(
            entry -> {
              Mode theirs = other.modes.get(entry.getKey());
              return theirs != null && (theirs == Mode.WRITE || entry.getValue() == Mode.WRITE);
            });
  }

  private LockKeys with(String key, Mode mode) {
    Map<String, Mode> more = new TreeMap<>(modes);
    more.put(key, mode);
    return new LockKeys(more);
  }

  @Override
  public String toString() {
    return texts().toString();
  }
}
