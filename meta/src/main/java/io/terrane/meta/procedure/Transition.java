package io.terrane.meta.procedure;

import io.terrane.api.error.TerraneException;
import io.terrane.meta.store.MetadataEdit;
import io.terrane.meta.store.MetadataImage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a step comes to. The {@code author} of an edit is called with the image at commit, and the
 * edit takes effect together with the procedure's new record or not at all; it may refuse by
 * throwing a TerraneException, which counts as a failure of the step.
 */
public sealed interface Transition {
  /** Changes nothing but the procedure's record. */
  Function<MetadataImage, MetadataEdit> NO_EDIT = image -> MetadataEdit.NOTHING;

  static Transition to(Procedure next) {
    return new Continue(image -> new Decision(next, MetadataEdit.NOTHING));
  }

  static Transition to(Procedure next, Function<MetadataImage, MetadataEdit> author) {
    return new Continue(image -> new Decision(next, author.apply(image)));
  }

  static Transition done() {
    return new Done(NO_EDIT);
  }

  static Transition done(Function<MetadataImage, MetadataEdit> author) {
    return new Done(author);
  }

  /** Hands itself to the one that knows what to do about it. */
  void takeBy(Taker taker);

  /** Who acts on a transition: one method for each kind. */
  interface Taker {
    void goOn(Function<MetadataImage, Decision> author);

    void waitFor(Duration pause, Optional<TerraneException> obstacle);

    void finish(Function<MetadataImage, MetadataEdit> author);

    void fail(TerraneException reason, Function<MetadataImage, MetadataEdit> author);
  }

  /** Goes on from the state that the author decides on. */
  record Continue(Function<MetadataImage, Decision> author) implements Transition {
    public Continue {
      Objects.requireNonNull(author, "author");
    }

    @Override
    public void takeBy(Taker taker) {
      taker.goOn(author);
    }
  }

  /** The next state, and the edit that takes effect with it. */
  record Decision(Procedure next, MetadataEdit edit) {
    public Decision {
      Objects.requireNonNull(next, "next");
      Objects.requireNonNull(edit, "edit");
    }
  }

  /**
   * Runs the same step again later; nothing is stored.
   *
   * @param obstacle what is waited for, to be shown meanwhile
   */
  record Wait(Duration pause, Optional<TerraneException> obstacle) implements Transition {
    public Wait(Duration pause) {
      this(pause, Optional.empty());
    }

    @Override
    public void takeBy(Taker taker) {
      taker.waitFor(pause, obstacle);
    }
  }

  /** Ends well. */
  record Done(Function<MetadataImage, MetadataEdit> author) implements Transition {
    @Override
    public void takeBy(Taker taker) {
      taker.finish(author);
    }
  }

  /** Ends badly, with everything undone that was to be undone. */
  record Failed(TerraneException reason, Function<MetadataImage, MetadataEdit> author)
      implements Transition {
    @Override
    public void takeBy(Taker taker) {
      taker.fail(reason, author);
    }
  }
}
