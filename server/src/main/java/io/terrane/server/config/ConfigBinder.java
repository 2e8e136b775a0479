package io.terrane.server.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Binds given values to the config records of the rooms: a component {@code leaseDuration} is the
 * key {@code lease-duration} of its table; what is not given keeps the record's default. Durations
 * are written {@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}; components that count bytes take
 * {@code 64MB} as well; lists are TOML arrays; maps take every key below theirs; an optional record
 * is there when one of its keys is, and then needs all of them.
 */
final class ConfigBinder {
  private final ConfigValues values;
  private final ConfigProblems problems;
  private final Set<String> known = new TreeSet<>();
  private final Set<String> openPrefixes = new TreeSet<>();

  ConfigBinder(ConfigValues values, ConfigProblems problems) {
    this.values = values;
    this.problems = problems;
  }

  /** {@code defaults} with every component replaced that has a value under {@code table}. */
  <T extends Record> T bind(String table, T defaults) {
    RecordComponent[] components = defaults.getClass().getRecordComponents();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object fallback = invoke(components[i], defaults);
      arguments[i] =
          component(table + "." + kebab(components[i].getName()), components[i], fallback);
    }
    try {
      @SuppressWarnings("unchecked")
      T bound = (T) construct(defaults.getClass(), components, arguments);
      return bound;
    } catch (InvocationTargetException refused) {
      problems.add("[" + table + "] " + refused.getCause().getMessage());
      return defaults;
    }
  }

  /** The names of the tables {@code prefix.NAME}, each of which is then bound by itself. */
  Set<String> tables(String prefix) {
    Set<String> names = new TreeSet<>();
    for (String key : values.under(prefix).keySet()) {
      names.add(key.substring(0, Math.max(0, key.indexOf('.'))));
    }
    names.remove("");
    return names;
  }

  /** Whether a key has a value from anywhere. */
  boolean isGiven(String key) {
    return values.find(key).isPresent();
  }

  /** One key that belongs to no record. */
  String text(String key, String fallback) {
    known.add(key);
    return values.find(key).map(ConfigValues.Value::text).orElse(fallback);
  }

  /** Reports given keys that nothing asked for. */
  void reportUnknownKeys() {
    for (String key : values.keys()) {
      if (!known.contains(key) && openPrefixes.stream().noneMatch(key::startsWith)) {
        problems.unknownKey(key, known);
      }
    }
  }

  private Object component(String key, RecordComponent component, Object fallback) {
    if (component.getType() == Map.class) {
      openPrefixes.add(key + ".");
      Map<String, String> given = values.under(key);
      return given.isEmpty() ? fallback : given;
    }
    if (isTable(component.getType()) && fallback != null) {
      return bind(key, (Record) fallback);
    }
    if (component.getGenericType() instanceof ParameterizedType generic
        && generic.getActualTypeArguments()[0] instanceof Class<?> inner
        && isTable(inner)) {
      return optionalTable(key, inner, (Optional<?>) fallback);
    }
    known.add(key);
    Optional<ConfigValues.Value> given = values.find(key);
    if (given.isEmpty()) {
      return fallback;
    }
    try {
      return parse(given.get().text(), component.getGenericType(), component.getName());
    } catch (IllegalArgumentException malformed) {
      problems.add(
          key
              + " = "
              + given.get().text()
              + " ("
              + given.get().origin()
              + "): "
              + malformed.getMessage());
      return fallback;
    }
  }

  private Optional<?> optionalTable(String table, Class<?> type, Optional<?> fallback) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      String key = table + "." + kebab(components[i].getName());
      arguments[i] = component(key, components[i], null);
      if (arguments[i] == null) {
        missing.add(key);
      }
    }
    if (missing.size() == components.length) {
      return fallback;
    }
    if (!missing.isEmpty()) {
      problems.add("[" + table + "] also needs " + String.join(", ", missing));
      return fallback;
    }
    try {
      return Optional.of(construct(type, components, arguments));
    } catch (InvocationTargetException refused) {
      problems.add("[" + table + "] " + refused.getCause().getMessage());
      return fallback;
    }
  }

  /** A record of one component is a value, such as an id; of more, a table of its own. */
  private static boolean isTable(Class<?> type) {
    return type.isRecord() && type.getRecordComponents().length > 1;
  }

  private static Object parse(String text, Type type, String name) {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return text.isEmpty() ? Optional.empty() : Optional.of(parse(text, inner, name));
      }
      if (generic.getRawType() == List.class) {
        List<Object> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
          if (!item.isBlank()) {
            items.add(parse(item.trim(), inner, name));
          }
        }
        return List.copyOf(items);
      }
    }
    Class<?> target = (Class<?>) type;
    if (target == String.class) {
      return text;
    } else if (target == int.class) {
      return Math.toIntExact(number(text, name));
    } else if (target == long.class) {
      return number(text, name);
    } else if (target == boolean.class) {
      return flag(text);
    } else if (target == double.class) {
      return Double.valueOf(text);
    } else if (target == Duration.class) {
      return duration(text);
    } else if (target == Path.class) {
      return Path.of(text);
    } else if (target.isEnum()) {
      return constant(text, target);
    }
    return fromText(text, target);
  }

  private static Object constant(String text, Class<?> target) {
    String wanted = text.trim().replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(target.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of "
                        + Arrays.stream(target.getEnumConstants())
                            .map(c -> c.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }

  /** A value type of a room, such as a secret or an id: one constructor of one text or number. */
  private static Object fromText(String text, Class<?> target) {
    try {
      for (Constructor<?> constructor : target.getConstructors()) {
        if (constructor.getParameterCount() == 1) {
          Class<?> parameter = constructor.getParameterTypes()[0];
          if (parameter == String.class || parameter == long.class || parameter == int.class) {
            return constructor.newInstance(parse(text, parameter, ""));
          }
        }
      }
      throw new IllegalArgumentException("a " + target.getSimpleName() + " cannot be given here");
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(refused.getCause().getMessage(), refused.getCause());
    } catch (ReflectiveOperationException unusable) {
      throw new IllegalStateException("cannot make a " + target, unusable);
    }
  }

  private static long number(String text, String name) {
    String digits = text.trim().replace("_", "");
    if (!name.contains("Bytes")) {
      return whole(digits);
    }
    String upper = digits.toUpperCase(Locale.ROOT).replace("IB", "B");
    long factor = 1;
    for (String unit : List.of("KB", "MB", "GB", "TB")) {
      factor *= 1024;
      if (upper.endsWith(unit)) {
        return Math.multiplyExact(whole(upper.substring(0, upper.length() - 2).trim()), factor);
      }
    }
    return whole(upper.endsWith("B") ? upper.substring(0, upper.length() - 1).trim() : upper);
  }

  private static long whole(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException("expected a whole number", malformed);
    }
  }

  private static boolean flag(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  static Duration duration(String text) {
    String trimmed = text.trim().toLowerCase(Locale.ROOT);
    int unitAt = 0;
    while (unitAt < trimmed.length() && Character.isDigit(trimmed.charAt(unitAt))) {
      unitAt++;
    }
    if (unitAt == 0) {
      throw new IllegalArgumentException("expected a duration such as 500ms, 10s, 5m or 1h");
    }
    long amount = whole(trimmed.substring(0, unitAt));
    return switch (trimmed.substring(unitAt).trim()) {
      case "ms" -> Duration.ofMillis(amount);
      case "s", "" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default ->
          throw new IllegalArgumentException("expected a duration such as 500ms, 10s, 5m or 1h");
    };
  }

  static String kebab(String component) {
    StringBuilder key = new StringBuilder();
    for (char letter : component.toCharArray()) {
      if (Character.isUpperCase(letter)) {
        key.append('-').append(Character.toLowerCase(letter));
      } else {
        key.append(letter);
      }
    }
    return key.toString();
  }

  private static Object invoke(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("cannot read " + component, impossible);
    }
  }

  private static Object construct(Class<?> type, RecordComponent[] components, Object[] arguments)
      throws InvocationTargetException {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException refused) {
      throw refused;
    } catch (ReflectiveOperationException unusable) {
      throw new IllegalStateException("cannot make a " + type, unusable);
    }
  }
}
