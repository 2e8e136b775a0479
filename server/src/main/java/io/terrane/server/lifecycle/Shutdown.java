package io.terrane.server.lifecycle;

import java.util.concurrent.CountDownLatch;

/** Keeps a command running until Ctrl-C or SIGTERM, then lets it close what it opened. */
public final class Shutdown {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  /** Registers with the runtime; call {@link #finished} when all is closed. */
  public Shutdown() {
    Runtime.getRuntime().addShutdownHook(new SignalThread(this::onSignal));
  }

  private void onSignal() {
    asked.countDown();
    try {
      done.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Blocks until the process is asked to stop. */
  public void await() throws InterruptedException {
    asked.await();
  }

  /** The runtime takes a thread, not a task. */
  private static final class SignalThread extends Thread {
    private final Runnable action;

    SignalThread(Runnable action) {
      super("terrane-shutdown");
      this.action = action;
    }

    @Override
    public void run() {
      action.run();
    }
  }

  /** Lets the process end. */
  public void finished() {
    done.countDown();
  }
}
