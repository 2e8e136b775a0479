package io.terrane.meta.store;

import io.terrane.api.error.TerraneException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The edits of one batch on its way, with those who wait for them. */
final class EditGroup {
  private final long sequence;
  private final List<WaitingEdit<?>> members = new ArrayList<>();

  EditGroup(long sequence) {
    this.sequence = sequence;
  }

  long sequence() {
    return sequence;
  }

  void add(WaitingEdit<?> member) {
    members.add(member);
  }

  int size() {
    return members.size();
  }

  List<WaitingEdit<?>> members() {
    return members;
  }

  void forEach(Consumer<WaitingEdit<?>> action) {
    members.forEach(action);
  }

  boolean isEmpty() {
    return members.stream().allMatch(member -> member.edit().isEmpty());
  }

  List<MetadataEdit> edits() {
    return members.stream().map(WaitingEdit::edit).toList();
  }

  void tell(List<Boolean> effects, Supplier<TerraneException> refusal) {
    for (int i = 0; i < members.size(); i++) {
      if (effects.get(i)) {
        members.get(i).succeed();
      } else {
        members.get(i).fail(refusal.get());
      }
    }
  }
}
