package io.terrane.infoschema.table;

/** The one character set and its one collation: strings are UTF-8 and compare by bytes. */
final class Charset {

  static final String NAME = "utf8mb4";
  static final String COLLATION = "utf8mb4_bin";

  private Charset() {}
}
