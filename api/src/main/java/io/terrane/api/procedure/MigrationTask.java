package io.terrane.api.procedure;

import io.terrane.api.node.NodeId;
import java.util.Objects;
import java.util.Optional;

/**
 * Many regions that are to move because of one wish: a datanode that is drained, a table that goes
 * elsewhere.
 *
 * @param reason DRAIN or TABLE
 * @param subject the datanode's number, or the table's name
 * @param to where the regions go; empty: wherever there is room
 * @param regionsLeft regions that are not where they are to be, those on the move included
 * @param regionsMoving regions on the move
 * @param blockedBy why it does not go on, if it does not
 */
public record MigrationTask(
    MigrationReason reason,
    String subject,
    Optional<NodeId> to,
    int regionsLeft,
    int regionsMoving,
    Optional<String> blockedBy) {
  public MigrationTask {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(blockedBy, "blockedBy");
  }
}
