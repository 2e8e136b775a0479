package io.terrane.api.node;

/** What a process does; the names are what {@code information_schema.cluster_info} shows. */
public enum NodeRole {
  METASRV,
  DATANODE,
  FRONTEND
}
