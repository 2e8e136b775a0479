package io.terrane.api.procedure;

/** Where a procedure stands; {@link #label()} is what {@code procedure_state} shows. */
public enum ProcedureStatus {
  RUNNING("Running"),
  /** A step failed and waits for its next try. */
  RETRYING("Retrying"),
  /** Going back to where it began. */
  ROLLING_BACK("RollingBack"),
  DONE("Done"),
  FAILED("Failed");

  private final String label;

  ProcedureStatus(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  public boolean isFinal() {
    return this == DONE || this == FAILED;
  }
}
