package io.terrane.query.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What EXPLAIN answers. */
public interface Explanation {
  /** Lines, an operator each at least. */
  String toText();

  ObjectNode toJson();
}
