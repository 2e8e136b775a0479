package io.terrane.rpc.channel;

/** Small questions, by the name they have on the wire, which is frozen. */
public enum Verb {
  INSTRUCT("region.instruct"),
  CATALOG("catalog.read"),
  PROCEDURE_SUBMIT("procedure.submit"),
  PROCEDURE_FIND("procedure.find"),
  PROCEDURE_LIST("procedure.list"),
  PROCEDURE_AWAIT("procedure.await"),
  PROCEDURE_CANCEL("procedure.cancel"),
  MIGRATION_EXPLAIN("migration.explain"),
  HEARTBEAT("membership.heartbeat"),
  CLUSTER("membership.cluster"),
  /** Answered with nothing by every node, at once. */
  PING("node.ping");

  private final String wireName;

  Verb(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
