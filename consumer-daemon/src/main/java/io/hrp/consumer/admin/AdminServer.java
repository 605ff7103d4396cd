package io.hrp.consumer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET} and {@code HEAD} for {@code /metrics}, {@code /healthz}, {@code /readyz} and
 * {@code /status}. Other paths are 404, other methods 405. There is no authentication: bind it to
 * loopback, or put a proxy in front.
 *
 * <p>At most {@value #THREADS} requests are worked on and {@value #MAX_WAITING} wait; more are
 * dropped. A client that takes more than {@value #MAX_SECONDS} seconds to send its request or to
 * take the answer loses its connection. All threads are daemon threads.
 */
public final class AdminServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final int THREADS = 2;
  private static final int MAX_WAITING = 64;
  private static final int MAX_SECONDS = 10;

  private final HttpServer server;
  private final ThreadPoolExecutor workers;
  private final AdminPages pages;
  private final Optional<Path> portFile;

  private AdminServer(
      HttpServer server, ThreadPoolExecutor workers, AdminPages pages, Optional<Path> portFile) {
    this.server = server;
    this.workers = workers;
    this.pages = pages;
    this.portFile = portFile;
  }

  /**
   * Opens the port and answers from then on.
   *
   * @param port 0 for any free one
   * @param portFile where to write the number of the port, in decimal, once it is open
   * @throws AdminStartException if the address is taken or the file cannot be written
   */
  public static AdminServer start(
      String host, int port, AdminPages pages, Optional<Path> portFile) {
    requireNonNull(pages, "pages");
    requireNonNull(portFile, "portFile");
    limitRequestTime();
    HttpServer server = open(host, port);
    AtomicInteger threadNumber = new AtomicInteger();
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            work -> {
              Thread thread = new Thread(work, "hrp-admin-" + threadNumber.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    workers.allowCoreThreadTimeOut(true);
    AdminServer admin = new AdminServer(server, workers, pages, portFile);
    server.setExecutor(workers);
    server.createContext("/", admin::answer);
    startDispatcher(server);
    try {
      admin.writePortFile();
    } catch (IOException e) {
      admin.close();
      throw new AdminStartException(
          "cannot write the admin port to '" + portFile.map(Path::toString).orElse("") + "'", e);
    }
    LOG.info("Admin port is open at {}", admin.address());
    return admin;
  }

  /** Where it listens, with the real port. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Closes the port and cuts requests off. */
  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
    portFile.ifPresent(
        file -> {
          try {
            Files.deleteIfExists(file);
          } catch (IOException e) {
            LOG.warn("Cannot remove the port file '{}'", file, e);
          }
        });
  }

  private static HttpServer open(String host, int port) {
    try {
      return HttpServer.create(new InetSocketAddress(host, port), MAX_WAITING);
    } catch (IOException e) {
      throw new AdminStartException(
          "cannot open the admin port at '"
              + host
              + ":"
              + port
              + "' ("
              + e.getMessage()
              + "); set consumer.admin.port to a free port, or to 0 for any",
          e);
    }
  }

  /** The JDK's server has no other door to these limits, and none by default. */
  private static void limitRequestTime() {
    for (String key : new String[] {"maxReqTime", "maxRspTime"}) {
      String property = "sun.net.httpserver." + key;
      if (System.getProperty(property) == null) {
        System.setProperty(property, Integer.toString(MAX_SECONDS));
      }
    }
  }

  /** The dispatcher thread takes over whether its creator is a daemon thread, so one creates it. */
  private static void startDispatcher(HttpServer server) {
    Thread starter = new Thread(server::start, "hrp-admin-start");
    starter.setDaemon(true);
    starter.start();
    boolean interrupted = false;
    while (starter.isAlive()) {
      try {
        starter.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void writePortFile() throws IOException {
    if (portFile.isEmpty()) {
      return;
    }
    Path file = portFile.get().toAbsolutePath();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, address().getPort() + "\n");
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, respond(exchange));
    }
  }

  private record Answer(int status, String contentType, String body) {
    static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body + "\n");
    }
  }

  private Answer respond(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    try {
      return switch (path == null ? "" : path) {
        case "/metrics" -> ifReading(exchange, this::metrics);
        case "/healthz" -> ifReading(exchange, () -> health(pages.health().get()));
        case "/readyz" -> ifReading(exchange, () -> health(pages.readiness().get()));
        case "/status" ->
            ifReading(
                exchange, () -> new Answer(200, "application/json", pages.statusJson().get()));
        default -> Answer.text(404, "not found; try /metrics, /healthz, /readyz or /status");
      };
    } catch (RuntimeException e) {
      LOG.error("Cannot answer '{}'", path, e);
      return Answer.text(500, "internal fault: see the daemon's log");
    }
  }

  private interface Page {
    Answer render();
  }

  private static Answer ifReading(HttpExchange exchange, Page page) {
    String method = exchange.getRequestMethod();
    if (method.equals("GET") || method.equals("HEAD")) {
      return page.render();
    }
    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
    return Answer.text(405, "only GET and HEAD are answered here");
  }

  private Answer metrics() {
    return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", pages.metricsText().get());
  }

  private static Answer health(Health health) {
    return Answer.text(health.isGood() ? 200 : 503, health.text());
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.contentType());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
