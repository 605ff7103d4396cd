package io.hrp.consumer.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminServerTest {
  private final AtomicReference<Health> health = new AtomicReference<>(Health.good());
  private final AtomicReference<Health> readiness = new AtomicReference<>(Health.good());
  private final AdminPages pages =
      new AdminPages(
          () -> "hrp_up 1\n",
          health::get,
          readiness::get,
          () -> {
            throw new IllegalStateException("told to fail");
          });
  private final HttpClient client = HttpClient.newHttpClient();
  private AdminServer server;
  private Path portFile;

  @BeforeEach
  void start(@TempDir Path directory) {
    portFile = directory.resolve("admin.port");
    server = AdminServer.start("127.0.0.1", 0, pages, Optional.of(portFile));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void servesMetricsAsPrometheusText() throws Exception {
    HttpResponse<String> response = request("GET", "/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("hrp_up 1\n");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void answersAHeadWithTheLengthAndNoBody() throws Exception {
    HttpResponse<String> response = request("HEAD", "/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).contains("9");
  }

  @Test
  void tellsHealthAndReadinessApart() throws Exception {
    readiness.set(Health.bad("control topic not read yet"));

    assertThat(request("GET", "/healthz").statusCode()).isEqualTo(200);
    assertThat(request("GET", "/readyz").statusCode()).isEqualTo(503);
    assertThat(request("GET", "/readyz").body()).isEqualTo("control topic not read yet\n");
  }

  @Test
  void knowsNoPathBesideItsPages() throws Exception {
    assertThat(request("GET", "/").statusCode()).isEqualTo(404);
    assertThat(request("GET", "/metricsx").statusCode()).isEqualTo(404);
    assertThat(request("GET", "/metrics/x").statusCode()).isEqualTo(404);
    assertThat(request("POST", "/elsewhere").statusCode()).isEqualTo(404);
  }

  @Test
  void refusesMethodsThatWrite() throws Exception {
    HttpResponse<String> response = request("POST", "/healthz");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void hidesTheDetailsOfAFault() throws Exception {
    HttpResponse<String> response = request("GET", "/status");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("internal fault: see the daemon's log\n");
  }

  @Test
  void writesItsPortToAFileAndTakesItAwayAgain() throws Exception {
    assertThat(Files.readString(portFile)).isEqualTo(server.address().getPort() + "\n");

    server.close();

    assertThat(portFile).doesNotExist();
  }

  @Test
  void runsOnDaemonThreadsAlone() throws Exception {
    request("GET", "/metrics");

    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(
            thread ->
                thread.getName().startsWith("hrp-admin")
                    || thread.getName().startsWith("HTTP-Dispatcher"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }

  @Test
  void saysWhatToDoAboutATakenPort() {
    int port = server.address().getPort();

    assertThatThrownBy(() -> AdminServer.start("127.0.0.1", port, pages, Optional.empty()))
        .isInstanceOf(AdminStartException.class)
        .hasMessageStartingWith("cannot open the admin port at '127.0.0.1:" + port + "'")
        .hasMessageEndingWith("set consumer.admin.port to a free port, or to 0 for any");
  }

  private HttpResponse<String> request(String method, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return client.send(
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }
}
