package io.terrane.objectstore.testing;

/** Which call of the store the script is asked about. */
public enum StoreCall {
  CREATE,
  GET,
  FIND,
  LIST,
  DELETE
}
