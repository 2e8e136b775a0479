package io.terrane.meta.store;

import io.terrane.api.error.ErrorCode;
import io.terrane.api.error.TerraneException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** An author in line, and later its edit. */
final class WaitingEdit<R> {
  private final Function<MetadataImage, Proposal<R>> author;
  private final CompletableFuture<R> future = new CompletableFuture<>();
  private Optional<Proposal<R>> proposal = Optional.empty();

  WaitingEdit(Function<MetadataImage, Proposal<R>> author) {
    this.author = author;
  }

  MetadataEdit write(MetadataImage image) {
    Proposal<R> written = author.apply(image);
    if (!written.edit().isEmpty() && !written.edit().holdsIn(image)) {
      throw new TerraneException(
          ErrorCode.CONFLICT, "the metadata has changed: " + written.edit().requirements());
    }
    proposal = Optional.of(written);
    return written.edit();
  }

  MetadataEdit edit() {
    return proposal.map(Proposal::edit).orElse(MetadataEdit.NOTHING);
  }

  CompletableFuture<R> future() {
    return future;
  }

  void succeed() {
    future.complete(proposal.map(Proposal::result).orElse(null));
  }

  void fail(TerraneException reason) {
    future.completeExceptionally(reason);
  }
}
