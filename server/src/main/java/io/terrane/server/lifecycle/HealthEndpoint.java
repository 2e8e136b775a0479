package io.terrane.server.lifecycle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What supervisors and Prometheus ask a process over HTTP/1.1: {@code /health} (it runs), {@code
 * /ready} (it has started and serves; 503 before) and {@code /metrics} (text format 0.0.4). Only
 * GET and HEAD; there is no other API here. Thread-safe.
 */
public final class HealthEndpoint implements AutoCloseable {
  private static final int BACKLOG = 16;
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private volatile boolean ready;

  private HealthEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Listens, not ready yet.
   *
   * @param requests answers run there; may block
   * @param metrics the text of {@code /metrics}, made anew for each request
   */
  public static HealthEndpoint start(
      InetSocketAddress listen, Executor requests, Supplier<String> metrics) {
    try {
      HttpServer server = HttpServer.create(listen, BACKLOG);
      HealthEndpoint endpoint = new HealthEndpoint(server);
      server.setExecutor(requests);
      server.createContext("/", exchange -> endpoint.answer(exchange, metrics));
      server.start();
      return endpoint;
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot listen for HTTP on " + listen, failure);
    }
  }

  private void answer(HttpExchange exchange, Supplier<String> metrics) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/health" -> answer(exchange, 200, "ok\n");
      case "/ready" -> answer(exchange, ready ? 200 : 503, ready ? "ok\n" : "starting\n");
      case "/metrics" -> answer(exchange, 200, metrics.get());
      default -> answer(exchange, 404, "not here\n");
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      boolean head = method.equals("HEAD");
      boolean known = head || method.equals("GET");
      if (!known) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      }
      byte[] body = (known ? text : "only GET and HEAD\n").getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", TEXT);
      exchange.sendResponseHeaders(known ? status : 405, head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** From now on {@code /ready} answers 200. */
  public void ready() {
    ready = true;
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    ready = false;
    server.stop(0);
  }
}
