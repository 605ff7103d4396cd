package io.hrp.control.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.control.AuditEntry;
import io.hrp.control.ControlChange;
import io.hrp.control.ControlReader;
import io.hrp.control.ControlRefusedException;
import io.hrp.control.ControlState;
import io.hrp.control.ControlUpdater;
import io.hrp.control.Discards;
import io.hrp.control.Scope;
import io.hrp.control.StartPosition;
import io.hrp.control.TopicOffsets;
import io.hrp.control.Verdict;
import io.hrp.wire.TableId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every control log must do, in memory or on Kafka. Each test uses tables of its own, so that
 * one log can serve them all.
 */
public abstract class ControlLogContract {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private final TableId table = TableId.of("contract", "t" + TABLES.incrementAndGet());

  /** A new writer on the log; two of them are two programs. */
  protected abstract ControlUpdater updater();

  /** A new reader on the log, which the test does not close. */
  protected abstract ControlReader reader();

  /** Everything the audit has, oldest first. */
  protected abstract List<AuditEntry> audit();

  private static ControlState stateAt(ControlReader reader, long offset)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    assertThat(reader.awaitFirstRead(Duration.ofSeconds(20))).isTrue();
    while (reader.current().state().controlOffset() < offset && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    ControlState state = reader.current().state();
    assertThat(state.controlOffset()).isGreaterThanOrEqualTo(offset);
    return state;
  }

  @Test
  void whatOneProgramWritesAnotherReadsWithWhoAndWhy() throws InterruptedException {
    ControlReader earlier = reader();

    long offset =
        updater()
            .update(
                "ann@ops",
                "first table",
                state ->
                    List.of(
                        ControlChange.declarePartitions(table, 6),
                        ControlChange.pause(Scope.of("east", table)),
                        ControlChange.registerPeer(
                            "p" + table.name(), StartPosition.LATEST, Map.of(table, 6)),
                        ControlChange.startTopic("east", table, "id-1", 4),
                        ControlChange.select("p" + table.name(), 3, "abc")));

    for (ControlReader reader : List.of(earlier, reader())) {
      ControlState state = stateAt(reader, offset);
      assertThat(state.declaredPartitions(table)).hasValue(6);
      assertThat(state.declaredTables()).contains(table);
      assertThat(state.pauseOf("east", table))
          .hasValueSatisfying(
              pause -> {
                assertThat(pause.scope()).isEqualTo(Scope.of("east", table));
                assertThat(pause.note().who()).isEqualTo("ann@ops");
                assertThat(pause.note().why()).isEqualTo("first table");
              });
      assertThat(state.pauseOf("west", table)).isEmpty();
      assertThat(state.peerRegistration("p" + table.name()))
          .hasValueSatisfying(
              peer -> {
                assertThat(peer.startPosition()).isEqualTo(StartPosition.LATEST);
                assertThat(peer.existing()).containsExactly(Map.entry(table, 6));
              });
      assertThat(state.topicStart("east", table))
          .hasValueSatisfying(
              start -> {
                assertThat(start.topicId()).isEqualTo("id-1");
                assertThat(start.partitions()).isEqualTo(4);
              });
      assertThat(state.selectionOf("p" + table.name()))
          .hasValueSatisfying(
              selection -> {
                assertThat(selection.generation()).isEqualTo(3);
                assertThat(selection.hash()).isEqualTo("abc");
              });
    }
  }

  @Test
  void removalsAndIntervalsAreReadBack() throws InterruptedException {
    Scope family = Scope.ofTable(table).family("cf");
    TopicOffsets from = TopicOffsets.of("id", Map.of(0, 5L, 1, 7L));
    TopicOffsets to = TopicOffsets.of("id", Map.of(0, 9L, 1, 8L, 2, 3L));
    ControlUpdater updater = updater();
    updater.update("ann", "", state -> List.of(ControlChange.hold(family, "h1", "disable")));
    updater.update(
        "ann",
        "",
        state ->
            List.of(
                ControlChange.startDiscarding(family, state.nextDiscardNumber(family), from),
                ControlChange.liftHold(family)));

    long offset =
        updater.update(
            "bob",
            "",
            state ->
                List.of(
                    ControlChange.stopDiscarding(state.openIntervalAt(family).orElseThrow(), to)));

    ControlState state = stateAt(reader(), offset);
    assertThat(state.holdOf("east", table)).isEmpty();
    assertThat(state.intervalsAt(family)).hasSize(1);
    assertThat(state.intervalsAt(family).get(0).from()).isEqualTo(from);
    assertThat(state.intervalsAt(family).get(0).to()).hasValue(to);
    assertThat(state.intervalsAt(family).get(0).started().who()).isEqualTo("ann");
    assertThat(state.intervalsAt(family).get(0).note().who()).isEqualTo("bob");
    Discards discards = state.discardsOf("east", table).onTopic("id");
    assertThat(discards.verdict(0, 4)).extracting(Verdict::discardsNothing).isEqualTo(true);
    assertThat(discards.verdict(0, 8).discardedFamilies()).containsExactly("cf");
    assertThat(discards.verdict(2, 2).discardedFamilies()).containsExactly("cf");
    assertThat(discards.verdict(2, 3).discardsNothing()).isTrue();
  }

  @Test
  void nothingIsWrittenWithoutAChangeOrWhenRefused() throws InterruptedException {
    ControlUpdater updater = updater();
    long before =
        updater.update("ann", "", state -> List.of(ControlChange.pause(Scope.ofTable(table))));
    int entries = audit().size();

    long unchanged = updater.update("ann", "", state -> List.of());

    assertThat(unchanged).isEqualTo(before);
    assertThatThrownBy(
            () ->
                updater.update(
                    "ann",
                    "",
                    state -> {
                      throw new ControlRefusedException("no");
                    }))
        .isInstanceOf(ControlRefusedException.class)
        .hasMessage("no");
    assertThat(audit()).hasSize(entries);
    assertThat(stateAt(reader(), before).controlOffset()).isEqualTo(before);
  }

  @Test
  void everyChangeIsInTheAudit() {
    ControlUpdater updater = updater();
    int entries = audit().size();

    updater.update(
        "ann", "maintenance", state -> List.of(ControlChange.pause(Scope.ofTable(table))));
    updater.update("bob", "done", state -> List.of(ControlChange.resume(Scope.ofTable(table))));

    List<AuditEntry> audit = audit();
    assertThat(audit).hasSize(entries + 2);
    AuditEntry first = audit.get(entries);
    assertThat(first.changes()).containsExactly("pause table '" + table + "' on all peers");
    assertThat(first.note().who()).isEqualTo("ann");
    assertThat(first.note().why()).isEqualTo("maintenance");
    assertThat(audit.get(entries + 1).changes())
        .containsExactly("resume table '" + table + "' on all peers");
  }

  @Test
  void concurrentWritersLoseNoChange()
      throws InterruptedException, ExecutionException, TimeoutException {
    int writers = 4;
    int changes = 5;
    updater().update("ann", "", state -> List.of(ControlChange.declarePartitions(table, 1)));
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Long>> done = new ArrayList<>();

    for (int w = 0; w < writers; w++) {
      ControlUpdater updater = updater();
      done.add(
          threads.submit(
              () -> {
                start.await();
                long last = -1;
                for (int i = 0; i < changes; i++) {
                  last =
                      updater.update(
                          "w",
                          "",
                          state ->
                              List.of(
                                  ControlChange.declarePartitions(
                                      table, state.declaredPartitions(table).orElseThrow() + 1)));
                }
                return last;
              }));
    }
    start.countDown();
    long last = -1;
    for (Future<Long> each : done) {
      last = Math.max(last, each.get(120, TimeUnit.SECONDS));
    }
    threads.shutdown();

    assertThat(stateAt(reader(), last).declaredPartitions(table)).hasValue(1 + writers * changes);
  }
}
