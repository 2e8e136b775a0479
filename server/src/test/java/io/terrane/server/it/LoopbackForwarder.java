package io.terrane.server.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a process and a server on loopback and passes bytes both ways, until told to hold
 * them: then neither side hears of the other, as behind a switch that drops everything.
 */
final class LoopbackForwarder implements AutoCloseable {
  private final URI target;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private boolean held;

  LoopbackForwarder(URI target) throws IOException {
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon("accept", this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** From now on no byte passes. */
  synchronized void hold() {
    held = true;
  }

  /** What was held goes on its way. */
  synchronized void release() {
    held = false;
    notifyAll();
  }

  @Override
  public void close() {
    release();
    closeQuietly(listening);
    open.forEach(LoopbackForwarder::closeQuietly);
  }

  private synchronized void awaitReleased() throws InterruptedException {
    while (held) {
      wait();
    }
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket client = listening.accept();
        Socket server = new Socket(target.getHost(), target.getPort());
        open.add(client);
        open.add(server);
        daemon("to server", () -> pass(client, server));
        daemon("to client", () -> pass(server, client));
      }
    } catch (IOException closed) {
      if (!listening.isClosed()) {
        throw new UncheckedIOException(closed);
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[16_384];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitReleased();
        out.write(buffer, 0, read);
      }
    } catch (IOException ended) {
      // One side has closed; the other is told below.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(from);
      closeQuietly(to);
      open.remove(from);
      open.remove(to);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception alreadyGone) {
      // Nothing is left to close.
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, "forwarder " + name);
    thread.setDaemon(true);
    thread.start();
  }
}
