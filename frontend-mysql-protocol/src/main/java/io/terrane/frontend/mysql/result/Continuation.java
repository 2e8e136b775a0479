package io.terrane.frontend.mysql.result;

/**
 * The rest of an answer. Whoever runs it calls {@link #resume} on a query thread, only while the
 * channel takes more, and goes on with what it returns until that is {@link #DONE}; or closes it.
 */
public interface Continuation extends AutoCloseable {
  /** Nothing is left. */
  Continuation DONE =
      new Continuation() {
        @Override
        public Continuation resume() {
          return this;
        }

        @Override
        public void close() {}
      };

  /** Writes a bounded part of the answer; says what remains. If it throws, it must be closed. */
  Continuation resume();

  /** Gives up the rest. On a query thread; any number of times. */
  @Override
  void close();
}
