package io.terrane.frontend.mysql.auth;

/** Whether others can read what passes. */
public enum Transport {
  PLAIN,
  TLS
}
