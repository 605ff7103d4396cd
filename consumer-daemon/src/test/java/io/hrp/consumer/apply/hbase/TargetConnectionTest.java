package io.hrp.consumer.apply.hbase;

import static org.assertj.core.api.Assertions.assertThat;

import io.hrp.consumer.apply.FailureReason;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.sasl.SaslException;
import org.apache.hadoop.hbase.client.AsyncConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TargetConnectionTest {
  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final Executor executor = work::add;
  private final BlockingQueue<CompletableFuture<AsyncConnection>> attempts =
      new LinkedBlockingQueue<>();
  private final AtomicInteger closed = new AtomicInteger();
  private TargetConnection target = open(Duration.ofSeconds(20));

  @AfterEach
  void close() {
    target.close();
  }

  @Test
  void returnsBeforeAnythingIsTried() {
    assertThat(attempts).isEmpty();
    assertThat(target.current()).isEmpty();
    assertThat(target.absence().reason()).isEqualTo(FailureReason.TARGET_UNAVAILABLE);
  }

  @Test
  void givesTheConnectionOnceItStands() throws Exception {
    AsyncConnection connection = connection();
    nextAttempt().complete(connection);

    assertThat(target.current()).containsSame(connection);
  }

  @Test
  void triesAgainAndSaysWhyThereIsNone() throws Exception {
    nextAttempt().completeExceptionally(new IOException("clusterid came back null"));

    assertThat(target.absence().reason()).isEqualTo(FailureReason.TARGET_UNAVAILABLE);
    assertThat(target.absence().message()).isEqualTo("clusterid came back null");
    nextAttempt().complete(connection());
    assertThat(target.current()).isPresent();
  }

  @Test
  void tellsARefusedLoginApart() throws Exception {
    nextAttempt().completeExceptionally(new SaslException("who are you"));

    assertThat(target.absence().reason()).isEqualTo(FailureReason.AUTHENTICATION_FAILED);
  }

  @Test
  void givesUpAnAttemptThatHangsAndStillTakesItsLateSuccess() throws Exception {
    target.close();
    target = open(Duration.ofMillis(1));
    CompletableFuture<AsyncConnection> hanging = nextAttempt();
    CompletableFuture<AsyncConnection> second = nextAttempt();
    AsyncConnection late = connection();

    hanging.complete(late);
    second.complete(connection());

    assertThat(target.current()).containsSame(late);
    assertThat(closed).hasValue(1);
  }

  @Test
  void closesAConnectionThatComesAfterTheEnd() throws Exception {
    CompletableFuture<AsyncConnection> attempt = nextAttempt();
    target.close();

    attempt.complete(connection());

    assertThat(closed).hasValue(1);
    assertThat(target.current()).isEmpty();
  }

  private TargetConnection open(Duration attemptTimeout) {
    return TargetConnection.open(
        "east",
        () -> {
          CompletableFuture<AsyncConnection> attempt = new CompletableFuture<>();
          attempts.add(attempt);
          return attempt;
        },
        executor,
        attemptTimeout);
  }

  /** Runs what was handed to the executor until an attempt has begun. */
  private CompletableFuture<AsyncConnection> nextAttempt() throws InterruptedException {
    while (attempts.isEmpty()) {
      Runnable next = work.poll(20, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      next.run();
    }
    return attempts.take();
  }

  private AsyncConnection connection() {
    return (AsyncConnection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AsyncConnection.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "close" -> closed.incrementAndGet() < 0 ? "" : null;
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "toString" -> "connection";
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
