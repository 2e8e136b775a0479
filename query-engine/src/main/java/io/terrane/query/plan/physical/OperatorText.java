package io.terrane.query.plan.physical;

import io.terrane.query.exec.StreamMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What EXPLAIN says of one operator.
 *
 * @param detail its arguments, may be empty
 * @param regions where else it works
 * @param fragment what runs there, last step first
 * @param measure what it gave, once it has run
 */
public record OperatorText(
    String operator,
    String detail,
    List<Region> regions,
    List<String> fragment,
    Optional<StreamMeasure> measure) {
  /** A region that is read and the datanode that leads it. */
  public record Region(String region, String place, Optional<StreamMeasure> measure) {}

  public OperatorText {
    regions = List.copyOf(regions);
    fragment = List.copyOf(fragment);
  }

  /** An operator that works here. */
  public static OperatorText of(String operator, String detail) {
    return new OperatorText(operator, detail, List.of(), List.of(), Optional.empty());
  }

  /** From {@code operator: detail}. */
  public static OperatorText of(String line) {
    int colon = line.indexOf(": ");
    return colon < 0 ? of(line, "") : of(line.substring(0, colon), line.substring(colon + 2));
  }

  OperatorText measured(StreamMeasure whole, List<StreamMeasure> ofRegions) {
    List<Region> all = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      Optional<StreamMeasure> own =
          i < ofRegions.size() ? Optional.of(ofRegions.get(i)) : Optional.empty();
      all.add(new Region(regions.get(i).region(), regions.get(i).place(), own));
    }
    return new OperatorText(operator, detail, all, fragment, Optional.of(whole));
  }

  @Override
  public String toString() {
    return detail.isEmpty() ? operator : operator + ": " + detail;
  }
}
