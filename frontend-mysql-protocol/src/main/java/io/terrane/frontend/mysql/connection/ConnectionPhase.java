package io.terrane.frontend.mysql.connection;

import io.terrane.frontend.mysql.packet.Inbound;
import io.terrane.frontend.mysql.result.Continuation;

/**
 * What a connection does with the packets it gets: {@link LoginPhase} until the client has shown
 * who it is, then {@link CommandPhase}, and for a change of user back again. One packet at a time,
 * on a query thread.
 */
interface ConnectionPhase {
  /** What is done after a failure. */
  enum OnFailure {
    ANSWER,
    ANSWER_AND_CLOSE
  }

  Continuation handle(Inbound.Packet packet);

  OnFailure onFailure();
}
