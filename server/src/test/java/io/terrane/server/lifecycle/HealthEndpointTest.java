package io.terrane.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private HealthEndpoint endpoint;
  private int scrapes;

  @BeforeEach
  void listen() {
    endpoint =
        HealthEndpoint.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Runnable::run,
            () -> "scrapes_total " + ++scrapes + "\n");
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void aProcessIsHealthyBeforeItIsReady() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
    assertThat(get("/ready").body()).isEqualTo("starting\n");

    endpoint.ready();

    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/ready").body()).isEqualTo("ok\n");
  }

  @Test
  void metricsAreMadeForEachRequest() throws Exception {
    assertThat(get("/metrics").body()).isEqualTo("scrapes_total 1\n");
    HttpResponse<String> second = get("/metrics");
    assertThat(second.body()).isEqualTo("scrapes_total 2\n");
    assertThat(second.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void nothingElseIsHere() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
    assertThat(get("/healthy").statusCode()).isEqualTo(404);
    assertThat(scrapes).isZero();
  }

  @Test
  void onlyGetAndHead() throws Exception {
    assertThat(send("HEAD", "/health").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = send("POST", "/metrics");
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() -> HealthEndpoint.start(endpoint.address(), Runnable::run, () -> ""))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(Integer.toString(endpoint.address().getPort()));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path);
    return client.send(
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
