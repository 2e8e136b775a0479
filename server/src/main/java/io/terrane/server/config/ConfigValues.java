package io.terrane.server.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values by dotted key, from a TOML file, over it the environment, over it {@code --set}. Every
 * value is kept as text with the place it came from; {@link ConfigBinder} gives it a type.
 */
public final class ConfigValues {
  /** One given value. */
  record Value(String text, String origin) {}

  private final Map<String, Value> values = new TreeMap<>();
  private final Map<String, String> environment;

  private ConfigValues(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * @param environment of the process; {@code TERRANE_METASRV_LEASE_DURATION} sets {@code
   *     metasrv.lease-duration}
   * @param sets texts {@code key=value}
   */
  public static ConfigValues read(
      Optional<Path> file,
      Map<String, String> environment,
      List<String> sets,
      ConfigProblems problems) {
    ConfigValues result = new ConfigValues(environment);
    file.ifPresent(path -> result.readFile(path, problems));
    for (String set : sets) {
      int equals = set.indexOf('=');
      if (equals < 1) {
        problems.add("--set " + set + " is not key=value");
      } else {
        result.values.put(
            set.substring(0, equals).trim(), new Value(set.substring(equals + 1), "--set"));
      }
    }
    return result;
  }

  private void readFile(Path path, ConfigProblems problems) {
    try {
      flatten("", new TomlMapper().readTree(Files.readString(path)), path.toString());
    } catch (JsonProcessingException malformed) {
      problems.add(path + ": " + malformed.getOriginalMessage() + at(malformed));
    } catch (IOException unreadable) {
      problems.add(path + " cannot be read: " + unreadable);
    }
  }

  private static String at(JsonProcessingException malformed) {
    return malformed.getLocation() == null
        ? ""
        : " (line " + malformed.getLocation().getLineNr() + ")";
  }

  private void flatten(String prefix, JsonNode node, String origin) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              entry ->
                  flatten(
                      prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                      entry.getValue(),
                      origin));
    } else if (node.isArray()) {
      StringBuilder joined = new StringBuilder();
      node.forEach(item -> joined.append(joined.isEmpty() ? "" : ",").append(item.asText()));
      values.put(prefix, new Value(joined.toString(), origin));
    } else {
      values.put(prefix, new Value(node.asText(), origin));
    }
  }

  /** The value of a known key, if it is given anywhere. */
  Optional<Value> find(String key) {
    Value given = values.get(key);
    if (given != null && given.origin().equals("--set")) {
      return Optional.of(given);
    }
    String variable = variable(key);
    String fromEnvironment = environment.get(variable);
    return fromEnvironment != null
        ? Optional.of(new Value(fromEnvironment, "environment variable " + variable))
        : Optional.ofNullable(given);
  }

  /** Values under {@code prefix.}, keyed by what follows. */
  Map<String, String> under(String prefix) {
    Map<String, String> result = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix + ".")) {
            result.put(key.substring(prefix.length() + 1), value.text());
          }
        });
    return result;
  }

  Iterable<String> keys() {
    return Collections.unmodifiableSet(values.keySet());
  }

  private static String variable(String key) {
    return "TERRANE_" + key.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
  }
}
