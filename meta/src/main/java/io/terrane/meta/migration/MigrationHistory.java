package io.terrane.meta.migration;

import static io.terrane.meta.store.MetadataJson.array;
import static io.terrane.meta.store.MetadataJson.field;
import static io.terrane.meta.store.MetadataJson.instant;
import static io.terrane.meta.store.MetadataJson.list;
import static io.terrane.meta.store.MetadataJson.number;
import static io.terrane.meta.store.MetadataJson.object;
import static io.terrane.meta.store.MetadataJson.optionalText;
import static io.terrane.meta.store.MetadataJson.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrane.api.error.TerraneException;
import io.terrane.api.region.InstructionReply;
import io.terrane.api.region.RegionEpoch;
import io.terrane.api.region.ReplayWork;
import io.terrane.api.region.WriteStall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a migration has been through, stored with each of its states. Nothing is decided by it.
 *
 * @param entered the states, in order
 * @param opened WAL position of the candidate when it was first asked, -1 if not known
 * @param replayed the same when it was last asked, -1 if not known
 * @param work what it had read of the log by then
 * @param end WAL position of the old leader's last record, -1 if not known
 * @param epoch under which the region is led after the switch or the way back; 0 before it is known
 * @param retries failed tries that were repeated
 * @param lastError of the last of them
 * @param stall the longest that a frontend held a write
 * @param heldWrites writes that were held
 * @param verification what Verify found
 */
record MigrationHistory(
    List<Entry> entered,
    long opened,
    long replayed,
    ReplayWork work,
    long end,
    long epoch,
    long retries,
    Optional<String> lastError,
    Optional<Duration> stall,
    long heldWrites,
    Optional<String> verification) {
  static final MigrationHistory NONE =
      new MigrationHistory(
          List.of(),
          -1,
          -1,
          ReplayWork.NONE,
          -1,
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty());

  /** More than a migration can enter: states are entered once, CatchUp stays where it is. */
  private static final int ENTRIES_MAX = 32;

  MigrationHistory {
    entered = List.copyOf(entered);
  }

  /** A state and when it was entered. */
  record Entry(String step, Instant at) {}

  MigrationHistory entering(String step, Instant at) {
    if (entered.size() >= ENTRIES_MAX) {
      return this;
    }
    List<Entry> longer = new ArrayList<>(entered);
    longer.add(new Entry(step, at));
    return new MigrationHistory(
        longer,
        opened,
        replayed,
        work,
        end,
        epoch,
        retries,
        lastError,
        stall,
        heldWrites,
        verification);
  }

  /** When the present state was entered. */
  Instant lastEntered() {
    return entered.isEmpty() ? Instant.EPOCH : entered.get(entered.size() - 1).at();
  }

  MigrationHistory replayed(InstructionReply.Replay progress) {
    long first = opened < 0 ? progress.replayed() : opened;
    return new MigrationHistory(
        entered,
        first,
        progress.replayed(),
        progress.work(),
        end,
        epoch,
        retries,
        lastError,
        stall,
        heldWrites,
        verification);
  }

  MigrationHistory ended(long position) {
    return new MigrationHistory(
        entered,
        opened,
        replayed,
        work,
        position,
        epoch,
        retries,
        lastError,
        stall,
        heldWrites,
        verification);
  }

  MigrationHistory led(RegionEpoch next) {
    return new MigrationHistory(
        entered,
        opened,
        replayed,
        work,
        end,
        next.value(),
        retries,
        lastError,
        stall,
        heldWrites,
        verification);
  }

  MigrationHistory failed(TerraneException failure) {
    return with(retries + 1, Optional.of(failure.getMessage()), stall, heldWrites, verification);
  }

  MigrationHistory held(WriteStall more) {
    Duration longest =
        stall.filter(known -> known.compareTo(more.longest()) > 0).orElse(more.longest());
    return with(retries, lastError, Optional.of(longest), heldWrites + more.writes(), verification);
  }

  MigrationHistory verified(String found) {
    return with(retries, lastError, stall, heldWrites, Optional.of(found));
  }

  /** The same way so far, with what happened on it. */
  private MigrationHistory with(
      long failures,
      Optional<String> error,
      Optional<Duration> longestStall,
      long held,
      Optional<String> found) {
    return new MigrationHistory(
        entered, opened, replayed, work, end, epoch, failures, error, longestStall, held, found);
  }

  ObjectNode write() {
    ObjectNode node = object();
    node.set(
        "entered",
        array(entered, each -> object().put("step", each.step()).put("at", each.at().toString())));
    node.put("opened", opened);
    node.put("replayed", replayed);
    node.put("readBytes", work.readBytes());
    node.put("usefulBytes", work.usefulBytes());
    node.put("records", work.records());
    node.put("end", end);
    node.put("epoch", epoch);
    node.put("retries", retries);
    lastError.ifPresent(error -> node.put("lastError", error));
    stall.ifPresent(longest -> node.put("stallMicros", longest.toNanos() / 1_000));
    node.put("heldWrites", heldWrites);
    verification.ifPresent(found -> node.put("verification", found));
    return node;
  }

  /** Of a migration's state; a state of a release that kept none has none. */
  static MigrationHistory of(JsonNode state) {
    if (!state.hasNonNull("history")) {
      return NONE;
    }
    JsonNode node = field(state, "history");
    return new MigrationHistory(
        list(node, "entered", each -> new Entry(text(each, "step"), instant(each, "at"))),
        number(node, "opened"),
        number(node, "replayed"),
        new ReplayWork(
            node.path("readBytes").asLong(),
            node.path("usefulBytes").asLong(),
            node.path("records").asLong()),
        number(node, "end"),
        number(node, "epoch"),
        number(node, "retries"),
        optionalText(node, "lastError"),
        node.hasNonNull("stallMicros")
            ? Optional.of(Duration.ofNanos(number(node, "stallMicros") * 1_000))
            : Optional.empty(),
        number(node, "heldWrites"),
        optionalText(node, "verification"));
  }
}
