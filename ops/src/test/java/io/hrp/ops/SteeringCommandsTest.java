package io.hrp.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hrp.control.Condition;
import io.hrp.control.ControlUnavailableException;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.Scope;
import io.hrp.control.TableStatus;
import io.hrp.control.config.ConfigException;
import io.hrp.ops.report.Console;
import io.hrp.ops.steer.SteeringConnector;
import io.hrp.ops.testing.FakeClusters;
import io.hrp.ops.testing.FakeDaemon;
import io.hrp.wire.TableId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteeringCommandsTest {
  private static final TableId ORDERS = TableId.parse("orders");

  private final FakeClusters clusters = new FakeClusters();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void createATable() {
    assertThat(run("topic create orders --partitions 2")).isEqualTo(0);
    clusters.answerTables(FakeClusters.present("east", "cf"), FakeClusters.present("west", "cf"));
  }

  private int run(String line) {
    return run(clusters.connector(), line);
  }

  private int run(SteeringConnector connector, String line) {
    return run(connector, InputStream.nullInputStream(), 0, line);
  }

  /** Runs it on a terminal where somebody types this. */
  private int runAtATerminal(String typed, String line) {
    InputStream answers = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    return run(clusters.connector(), answers, 80, line);
  }

  private int run(
      SteeringConnector connector, InputStream answers, int terminalColumns, String line) {
    out.reset();
    err.reset();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            answers,
            terminalColumns);
    return Hrp.run(console, connector, line.split(" ", -1));
  }

  private String stdout() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String stderr() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void pausesAndResumesATableOnAPeerAndAPeer() {
    clusters.startDaemon("d1");

    assertThat(run("table pause orders --peer east --why maintenance")).isEqualTo(0);
    assertThat(stdout())
        .isEqualTo(
            "done: pause table 'orders' on peer 'east'\ntaken up by d1 (h, pid 7)\n"
                .replace("\n", System.lineSeparator()));
    assertThat(run("peer pause west")).isEqualTo(0);
    assertThat(clusters.state().pauseOf("west", ORDERS)).isPresent();
    assertThat(clusters.state().pauseAt(Scope.of("east", ORDERS)).orElseThrow().note().why())
        .isEqualTo("maintenance");

    assertThat(run("table resume orders --peer east")).isEqualTo(0);
    assertThat(run("peer resume west")).isEqualTo(0);
    assertThat(clusters.state().pauseOf("east", ORDERS)).isEmpty();
    assertThat(clusters.state().pauseOf("west", ORDERS)).isEmpty();
  }

  @Test
  void closesATopicToProducersShowsItAndOpensItAgain() {
    assertThat(run("topic close orders --policy direct --why migration")).isEqualTo(0);
    assertThat(stdout()).contains("done: close the topic of table 'orders' to producers (direct)");
    assertThat(stderr()).contains("writers in other languages do not follow it");
    assertThat(run("topic list")).isEqualTo(0);
    assertThat(stdout()).contains("closed (direct)");
    assertThat(run("topic describe orders")).isEqualTo(0);
    assertThat(stdout()).contains("closed (direct) by ").contains(": migration");
    assertThat(run("status")).isEqualTo(0);
    assertThat(stderr()).contains("the topic of table 'orders' is closed to producers (direct)");

    assertThat(run("topic open orders")).isEqualTo(0);
    assertThat(run("topic list")).isEqualTo(0);
    assertThat(stdout()).doesNotContain("closed").contains("open");
    assertThat(run("topic close orders --policy sideways")).isEqualTo(2);
    assertThat(run("topic close nothing")).isEqualTo(2);
  }

  @Test
  void endsWithSixAndTheNameOfADaemonThatDoesNotTakeItUp() {
    clusters.startDaemon("d1").mood(FakeDaemon.Mood.STUBBORN);

    assertThat(run("table pause orders")).isEqualTo(6);
    assertThat(stderr()).contains("not confirmed in time by d1 (h, pid 7)");
    assertThat(run("table disable orders --yes")).isEqualTo(6);
    assertThat(stderr()).contains("nothing was changed");
    assertThat(clusters.state().intervalsAt(Scope.ofTable(ORDERS))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "resume"})
  void aFamilyCannotBePaused(String verb) {
    assertThat(run("table " + verb + " orders --family cf")).isEqualTo(7);
    assertThat(stderr())
        .contains("one atomic row operation")
        .contains("hrp table disable --family");
  }

  @Test
  void disablingShowsThePlanAndNeedsYes() {
    assertThat(run("table disable orders --family cf")).isEqualTo(7);
    assertThat(stderr())
        .contains("disable table 'orders', family 'cf' on all peers:")
        .contains("discarded so far: 0 records")
        .contains("say --yes");
    assertThat(clusters.state().intervalsAt(Scope.ofTable(ORDERS).family("cf"))).isEmpty();

    assertThat(run("table disable orders --family cf --dry-run")).isEqualTo(0);
    assertThat(stdout()).startsWith("would disable table 'orders', family 'cf' on all peers");

    assertThat(run("table disable orders --family cf --yes")).isEqualTo(0);
    assertThat(clusters.state().openIntervalAt(Scope.ofTable(ORDERS).family("cf"))).isPresent();
    assertThat(run("table list")).isEqualTo(0);
    assertThat(stdout()).contains("orders  east  enabled  cf");

    assertThat(run("table enable orders --family cf")).isEqualTo(0);
    assertThat(clusters.state().openIntervalAt(Scope.ofTable(ORDERS).family("cf"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"y\n", "yes\n", " YES \r\n", "y"})
  void disablesWhenWhoeverSitsAtTheTerminalSaysYes(String typed) {
    assertThat(runAtATerminal(typed, "table disable orders")).isEqualTo(0);
    assertThat(stderr()).contains("disable it? [y/N] ");
    assertThat(clusters.state().openIntervalAt(Scope.ofTable(ORDERS))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "n\n", "no\n", "yep\n"})
  void changesNothingOnAnyOtherAnswer(String typed) {
    assertThat(runAtATerminal(typed, "table disable orders")).isEqualTo(7);
    assertThat(stderr()).contains("disable it? [y/N] ").contains("hrp: nothing was changed");
    assertThat(clusters.state().intervalsAt(Scope.ofTable(ORDERS))).isEmpty();
  }

  @Test
  void asksNobodyWhetherToDisableWhatIsDisabled() {
    assertThat(run("table disable orders --yes")).isEqualTo(0);

    assertThat(runAtATerminal("", "table disable orders")).isEqualTo(0);
    assertThat(stderr()).doesNotContain("[y/N]");
  }

  @Test
  void watchingShowsTheStatusAgainUntilInterrupted() {
    clusters.commit("east", ORDERS, Map.of(0, 0L, 1, 0L));
    AtomicInteger looks = new AtomicInteger();
    clusters.onWait(
        () -> {
          clusters.publish(ORDERS, 0, 1);
          if (looks.incrementAndGet() == 3) {
            Thread.currentThread().interrupt();
          }
        });

    assertThat(run("status --watch")).isEqualTo(130);
    assertThat(stdout().lines().filter(line -> line.startsWith("PEER "))).hasSize(3);
    assertThat(stdout().lines().filter(line -> line.startsWith("east  orders")))
        .as("each time as it is then")
        .doesNotHaveDuplicates();
    assertThat(stderr()).endsWith("hrp: interrupted" + System.lineSeparator());
  }

  @Test
  void checkingEndsWithFiveWhereThereIsAProblem() {
    assertThat(run("status")).isEqualTo(0);
    assertThat(run("status --check")).isEqualTo(5);
    assertThat(stderr()).contains("problem: no daemon is live");

    FakeDaemon daemon = clusters.startDaemon("d1");
    daemon.peers(List.of(running("east"), running("west")));
    clusters.pass(Duration.ZERO);
    assertThat(run("status --check")).isEqualTo(0);
    assertThat(stderr()).isEmpty();
    assertThat(run("status --check --max-lag-records 4 --output json")).isEqualTo(5);
    assertThat(stdout()).contains("\"problems\"").contains("is 5 records, above 4");
    assertThat(run("status --check --max-lag-records 5 --max-delay-seconds 1")).isEqualTo(0);

    clusters.deadLetter(ORDERS, 2);
    assertThat(run("status --check")).isEqualTo(5);
    assertThat(stderr())
        .isEqualTo(
            "problem: 2 dead letters of table 'orders' lie in its topic" + System.lineSeparator());
  }

  private static PeerStatus running(String peer) {
    Condition running = Condition.of(RunState.RUNNING);
    return PeerStatus.of(
        peer,
        running,
        List.of(TableStatus.of(ORDERS, running).assigned(List.of(0, 1)).lagRecords(5).build()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status --check --watch",
        "status --max-lag-records 4",
        "status --max-delay-seconds 4",
        "status --check --max-lag-records -1"
      })
  void limitsAndWatchingThatMakeNoSenseAreUsageErrors(String line) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(stdout()).isEmpty();
  }

  @Test
  void unknownNamesAreUsageErrorsThatListWhatExists() {
    assertThat(run("table pause orders --peer esat")).isEqualTo(2);
    assertThat(stderr()).contains("no peer 'esat'; did you mean 'east'? (peers: east, west)");
    assertThat(run("table pause order")).isEqualTo(2);
    assertThat(stderr()).contains("did you mean 'orders'? (tables with a topic: orders)");
    assertThat(run("table disable orders --family cg --yes")).isEqualTo(2);
    assertThat(stderr()).contains("(families: cf)");
    assertThat(run("peer pause nowhere")).isEqualTo(2);
    assertThat(run("topic create a:b:c")).isEqualTo(2);
    assertThat(run("topic create x --partitions 0")).isEqualTo(2);
    assertThat(run("topic describe nothing")).isEqualTo(2);
  }

  @Test
  void anUnreachableBrokerIsOneLineAndFour() {
    SteeringConnector nowhere =
        config -> {
          throw new ControlUnavailableException("no Kafka broker answers at 'x:1'", null);
        };

    assertThat(run(nowhere, "status")).isEqualTo(4);
    assertThat(stderr())
        .isEqualTo("hrp: no Kafka broker answers at 'x:1'" + System.lineSeparator());
    assertThat(stdout()).isEmpty();
  }

  @Test
  void aWrongConfigurationIsThreeWithEveryFault() {
    SteeringConnector broken =
        config -> {
          throw new ConfigException(config.toString(), List.of("first", "second"));
        };

    assertThat(run(broken, "peer list --config my.yaml")).isEqualTo(3);
    assertThat(stderr()).contains("my.yaml").contains("- first").contains("- second");
  }

  @Test
  void showsTopicsPeersAndStatusAsTableAndJson() throws JsonProcessingException {
    clusters.publish(ORDERS, 1, 9);

    assertThat(run("topic list")).isEqualTo(0);
    assertThat(stdout()).contains("orders  hrp.default.orders  2           2         1         9");
    assertThat(run("topic describe orders")).isEqualTo(0);
    assertThat(stdout()).contains("end of partition 1   9");
    assertThat(run("peer list")).isEqualTo(0);
    assertThat(stdout()).contains("east  yes         enabled");
    assertThat(run("status")).isEqualTo(0);
    assertThat(stdout()).contains("east  orders  no-daemon");
    assertThat(stderr()).contains("problem: no daemon is live");

    for (String command :
        List.of("topic list", "topic describe orders", "peer list", "table list", "status")) {
      assertThat(run(command + " --output json")).isEqualTo(0);
      JsonNode json = new ObjectMapper().readTree(stdout());
      assertThat(json.isContainerNode()).as(command).isTrue();
    }
    assertThat(run("table pause orders --output json")).isEqualTo(0);
    assertThat(new ObjectMapper().readTree(stdout()).get("changes").get(0).asText())
        .isEqualTo("pause table 'orders' on all peers");
  }
}
