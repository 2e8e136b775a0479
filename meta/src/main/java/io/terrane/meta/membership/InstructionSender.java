package io.terrane.meta.membership;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.node.NodeId;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionInstruction;
import io.terrane.api.service.Datanodes;
import io.terrane.api.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Instructs datanodes with waits that end: with the answer, with {@code timeout} (TIMED_OUT), or
 * soon after the node is found dead (NODE_UNREACHABLE). In the last two cases the instruction may
 * still be carried out. Thread-safe, never blocks.
 */
public final class InstructionSender {
  private final Datanodes datanodes;
  private final FailureDetector detector;
  private final Scheduler scheduler;
  private final Duration checkInterval;

  public InstructionSender(
      Datanodes datanodes, FailureDetector detector, Scheduler scheduler, Duration checkInterval) {
    this.datanodes = datanodes;
    this.detector = detector;
    this.scheduler = scheduler;
    this.checkInterval = checkInterval;
  }

  public CompletableFuture<InstructionReply> send(
      NodeId node, RegionInstruction instruction, Duration timeout) {
    CompletableFuture<InstructionReply> answer = new CompletableFuture<>();
    if (!detector.mayBeAlive(node)) {
      answer.completeExceptionally(dead(node));
      return answer;
    }
    Scheduler.Cancellable timer =
        scheduler.schedule(timeout, () -> answer.completeExceptionally(late(node, timeout)));
    answer.whenComplete((reply, failure) -> timer.cancel());
    watch(node, answer);
    call(node, instruction)
        .whenComplete(
            (reply, failure) -> {
              if (failure == null) {
                answer.complete(reply);
              } else {
                answer.completeExceptionally(TerraneException.of(failure));
              }
            });
    return answer;
  }

  private CompletableFuture<InstructionReply> call(NodeId node, RegionInstruction instruction) {
    try {
      return datanodes.at(node).instruct(instruction);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private void watch(NodeId node, CompletableFuture<InstructionReply> answer) {
    Scheduler.Cancellable next =
        scheduler.schedule(
            checkInterval,
            () -> {
              if (answer.isDone()) {
                return;
              }
              if (detector.mayBeAlive(node)) {
                watch(node, answer);
              } else {
                answer.completeExceptionally(dead(node));
              }
            });
    answer.whenComplete((reply, failure) -> next.cancel());
  }

  private static TerraneException dead(NodeId node) {
    return new TerraneException(
        ErrorCode.NODE_UNREACHABLE, "datanode " + node + " sends no heartbeats");
  }

  private static TerraneException late(NodeId node, Duration timeout) {
    return new TerraneException(
        ErrorCode.TIMED_OUT, "datanode " + node + " has not answered within " + timeout);
  }
}
