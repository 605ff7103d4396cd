package io.hrp.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hrp.wire.TableId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlStateTest {
  private static final TableId ORDERS = TableId.parse("orders");
  private static final TableId ITEMS = TableId.parse("shop:items");
  private static final ChangeNote NOTE = ChangeNote.of("ann", Instant.ofEpochMilli(1000), "why");

  private static ControlState stateOf(ControlValue... values) {
    List<ControlRecord> records = new ArrayList<>();
    for (ControlValue value : values) {
      records.add(ControlRecord.of(records.size(), value));
    }
    return ControlState.empty().with(records);
  }

  private static TopicOffsets offsets(String topicId, long... ends) {
    Map<Integer, Long> offsets = new HashMap<>();
    for (int p = 0; p < ends.length; p++) {
      offsets.put(p, ends[p]);
    }
    return TopicOffsets.of(topicId, offsets);
  }

  @Test
  void anEmptyStateSaysNothing() {
    ControlState state = ControlState.empty();

    assertThat(state.controlOffset()).isEqualTo(-1);
    assertThat(state.declaredPartitions(ORDERS)).isEmpty();
    assertThat(state.pauseOf("east", ORDERS)).isEmpty();
    assertThat(state.holdOf("east", ORDERS)).isEmpty();
    assertThat(state.discardsOf("east", ORDERS).isEmpty()).isTrue();
    assertThat(state.peerRegistration("east")).isEmpty();
  }

  @Test
  void aPauseOfAPeerOutranksThatOfATableAndThatOfATableOnAPeer() {
    ControlState all =
        stateOf(
            Pause.of(Scope.of("east", ORDERS), NOTE),
            Pause.of(Scope.ofTable(ORDERS), NOTE),
            Pause.of(Scope.ofPeer("east"), NOTE));

    assertThat(all.pauseOf("east", ORDERS).orElseThrow().scope()).isEqualTo(Scope.ofPeer("east"));
    assertThat(all.pauseOf("east", ITEMS).orElseThrow().scope()).isEqualTo(Scope.ofPeer("east"));
    assertThat(all.pauseOf("west", ORDERS).orElseThrow().scope()).isEqualTo(Scope.ofTable(ORDERS));
    assertThat(all.pauseOf("west", ITEMS)).isEmpty();
  }

  @Test
  void aTopicIsClosedUntilItIsOpenedAndKeepsTheLatestPolicy() {
    ControlState closed = stateOf(ClosedTopic.of(ORDERS, ClosedPolicy.REJECT, NOTE));
    ControlState direct =
        closed.with(
            List.of(ControlRecord.of(9, ClosedTopic.of(ORDERS, ClosedPolicy.DIRECT, NOTE))));
    ControlState open =
        direct.with(List.of(ControlRecord.removal(10, ControlChange.openTopic(ORDERS).keyText())));

    assertThat(closed.closedTopic(ORDERS).orElseThrow().policy()).isEqualTo(ClosedPolicy.REJECT);
    assertThat(closed.closedTopic(ITEMS)).isEmpty();
    assertThat(direct.closedTopics())
        .singleElement()
        .satisfies(topic -> assertThat(topic.policy()).isEqualTo(ClosedPolicy.DIRECT));
    assertThat(open.closedTopics()).isEmpty();
  }

  @Test
  void aRecordOfATableThatIsNotUnderstoodForbidsPublishingToIt() {
    ControlState state =
        stateOf(
            notUnderstood("table/default:orders/blackout", NotUnderstood.Weight.HOLDS),
            notUnderstood("table/shop:items/hint", NotUnderstood.Weight.IGNORABLE),
            notUnderstood("peer/east/table/shop:items/blackout", NotUnderstood.Weight.HOLDS));

    assertThat(state.forbidsPublishing(ORDERS)).isPresent();
    assertThat(state.forbidsPublishing(ITEMS)).isEmpty();
    assertThat(
            stateOf(notUnderstood("no scope", NotUnderstood.Weight.HOLDS)).forbidsPublishing(ITEMS))
        .isPresent();
  }

  @Test
  void aFamilyCannotBePausedAndAPeerCannotBeDisabled() {
    assertThatThrownBy(() -> Pause.of(Scope.ofTable(ORDERS).family("cf"), NOTE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> DiscardInterval.open(Scope.ofPeer("east"), 1, TopicOffsets.ofNoTopic(), NOTE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aHoldOfOneFamilyHoldsTheTable() {
    ControlState state =
        stateOf(Hold.of(Scope.of("east", ORDERS).family("cf"), "1", "disable it", NOTE));

    assertThat(state.holdOf("east", ORDERS)).isPresent();
    assertThat(state.holdOf("west", ORDERS)).isEmpty();
    assertThat(state.holdOf("east", ITEMS)).isEmpty();
  }

  @Test
  void aRecordNotUnderstoodHoldsItsScopeOrEverythingUnlessIgnorable() {
    ControlState unknownAttribute =
        stateOf(
            notUnderstood("peer/east/table/default:orders/blackout", NotUnderstood.Weight.HOLDS));
    ControlState unknownScope = stateOf(notUnderstood("moon/x", NotUnderstood.Weight.HOLDS));
    ControlState ignorable = stateOf(notUnderstood("moon/x", NotUnderstood.Weight.IGNORABLE));

    assertThat(unknownAttribute.holdOf("east", ORDERS).orElseThrow().purpose())
        .contains("peer/east/table/default:orders/blackout", "update this program");
    assertThat(unknownAttribute.holdOf("west", ORDERS)).isEmpty();
    assertThat(unknownScope.holdOf("west", ITEMS)).isPresent();
    assertThat(ignorable.holdOf("west", ITEMS)).isEmpty();
    assertThat(ignorable.notUnderstood()).hasSize(1);
  }

  private static NotUnderstood notUnderstood(String key, NotUnderstood.Weight weight) {
    return NotUnderstood.of(key, 0, "newer", weight, NOTE);
  }

  @Test
  void removingARecordNotUnderstoodEndsItsHold() {
    ControlState state =
        stateOf(notUnderstood("moon/x", NotUnderstood.Weight.HOLDS))
            .with(List.of(ControlRecord.removal(7, "moon/x")));

    assertThat(state.holdOf("east", ORDERS)).isEmpty();
    assertThat(state.controlOffset()).isEqualTo(7);
  }

  @Test
  void recordsOutOfOrderAreRefused() {
    ControlState state = stateOf(Pause.of(Scope.ofPeer("east"), NOTE));

    assertThatThrownBy(() -> state.with(List.of(ControlRecord.removal(0, "x"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRegistrationsStartPositionIsForPartitionsThatExistedThen() {
    PeerRegistration registration =
        PeerRegistration.of("east", StartPosition.LATEST, Map.of(ORDERS, 2), NOTE);

    assertThat(registration.startOf(ORDERS, 1)).isEqualTo(StartPosition.LATEST);
    assertThat(registration.startOf(ORDERS, 2)).isEqualTo(StartPosition.EARLIEST);
    assertThat(registration.startOf(ITEMS, 0)).isEqualTo(StartPosition.EARLIEST);
  }

  @Test
  void anIntervalCountsPartitionsThatCameLaterFromZeroAndLeavesThoseAfterItsEnd() {
    DiscardInterval open = DiscardInterval.open(Scope.ofTable(ORDERS), 1, offsets("id", 10), NOTE);
    DiscardInterval closed = open.closed(offsets("id", 20, 5), NOTE);

    assertThat(open.holds("id", 0, 9)).isFalse();
    assertThat(open.holds("id", 0, 10)).isTrue();
    assertThat(open.holds("id", 7, 0)).isTrue();
    assertThat(closed.holds("id", 0, 19)).isTrue();
    assertThat(closed.holds("id", 0, 20)).isFalse();
    assertThat(closed.holds("id", 1, 4)).isTrue();
    assertThat(closed.holds("id", 1, 5)).isFalse();
    assertThat(closed.holds("id", 2, 0)).isFalse();
  }

  @Test
  void offsetsOfAnEarlierTopicSayNothingAboutItsSuccessor() {
    DiscardInterval open = DiscardInterval.open(Scope.ofTable(ORDERS), 1, offsets("old", 10), NOTE);

    assertThat(open.holds("new", 0, 3)).isTrue();
    assertThat(open.closed(offsets("old", 20), NOTE).holds("new", 0, 3)).isFalse();
    assertThat(open.closed(offsets("new", 4), NOTE).holds("new", 0, 3)).isTrue();
    assertThat(open.closed(offsets("new", 4), NOTE).holds("new", 0, 4)).isFalse();
    assertThat(open.closed(TopicOffsets.ofNoTopic(), NOTE).holds("new", 0, 0)).isFalse();
  }

  @Test
  void aTableDisabledBeforeItsTopicExistedIsDiscardedFromTheStart() {
    DiscardInterval open =
        DiscardInterval.open(Scope.ofTable(ORDERS), 1, TopicOffsets.ofNoTopic(), NOTE);

    assertThat(open.holds("new", 0, 0)).isTrue();
  }

  @Test
  void aClosedIntervalSettlesWhatAnOpenOneWouldLeaveToLaterReads() {
    Scope cf = Scope.ofTable(ORDERS).family("cf");
    ControlState state =
        stateOf(
            DiscardInterval.open(Scope.of("east", ORDERS), 1, offsets("id", 0), NOTE),
            DiscardInterval.open(Scope.ofTable(ORDERS), 1, offsets("id", 0), NOTE)
                .closed(offsets("id", 5), NOTE),
            DiscardInterval.open(cf, 1, offsets("id", 0), NOTE).closed(offsets("id", 8), NOTE),
            DiscardInterval.open(cf, 2, offsets("id", 6), NOTE));

    assertThat(state.discardsOf("east", ORDERS).verdict(0, 4))
        .isEqualTo(Verdict.discardRecord(false));
    assertThat(state.discardsOf("east", ORDERS).verdict(0, 5))
        .isEqualTo(Verdict.discardRecord(true));
    assertThat(state.discardsOf("west", ORDERS).verdict(0, 7))
        .isEqualTo(Verdict.discardFamilies(Set.of("cf"), false));
    assertThat(state.discardsOf("west", ORDERS).verdict(0, 8))
        .isEqualTo(Verdict.discardFamilies(Set.of("cf"), true));
    assertThat(state.nextDiscardNumber(cf)).isEqualTo(3);
    assertThat(state.nextDiscardNumber(Scope.ofTable(ITEMS))).isEqualTo(1);
  }

  /**
   * Disables and enables at random while records are published, grows the topic and now and then
   * creates it again, and compares every verdict with a model that simply remembers what was
   * disabled when each record was published.
   */
  @Test
  void verdictsEqualWhatWasDisabledWhenEachRecordWasPublished() {
    long seed = new Random().nextLong();
    for (int round = 0; round < 200; round++) {
      new DiscardModel(seed + round).run();
    }
  }

  private static final class DiscardModel {
    private static final List<Scope> SCOPES =
        List.of(
            Scope.ofTable(ORDERS),
            Scope.of("east", ORDERS),
            Scope.ofTable(ORDERS).family("a"),
            Scope.of("east", ORDERS).family("a"),
            Scope.of("east", ORDERS).family("b"));

    private final long seed;
    private final Random random;
    private final Map<String, Set<Scope>> disabledAt = new LinkedHashMap<>();
    private final Set<Scope> disabled = new HashSet<>();
    private ControlState state = ControlState.empty();
    private int topic = 1;
    private long[] ends = new long[2];

    DiscardModel(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    void run() {
      for (int step = 0; step < 60; step++) {
        int choice = random.nextInt(20);
        if (choice < 12) {
          publish();
        } else if (choice < 18) {
          toggle(SCOPES.get(random.nextInt(SCOPES.size())));
        } else if (choice == 18) {
          ends = Arrays.copyOf(ends, ends.length + 1);
        } else if (random.nextInt(3) == 0) {
          topic++;
          ends = new long[1 + random.nextInt(3)];
          disabledAt.clear();
        }
      }
      check();
    }

    private void publish() {
      int partition = random.nextInt(ends.length);
      disabledAt.put(partition + " " + ends[partition]++, new HashSet<>(disabled));
    }

    private void toggle(Scope scope) {
      TopicOffsets now = offsets("topic-" + topic, ends);
      ControlChange change =
          state
              .openIntervalAt(scope)
              .map(open -> ControlChange.stopDiscarding(open, now))
              .orElseGet(
                  () -> ControlChange.startDiscarding(scope, state.nextDiscardNumber(scope), now));
      if (!disabled.remove(scope)) {
        disabled.add(scope);
      }
      ControlValue value = change.signed(NOTE).orElseThrow();
      state = state.with(List.of(ControlRecord.of(state.controlOffset() + 1, value)));
    }

    private void check() {
      for (String peer : List.of("east", "west")) {
        Discards discards = state.discardsOf(peer, ORDERS).onTopic("topic-" + topic);
        disabledAt.forEach(
            (where, scopes) -> {
              String[] parts = where.split(" ", -1);
              Verdict verdict =
                  discards.verdict(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
              assertThat(outcome(verdict))
                  .as("seed %d peer %s record %s", seed, peer, where)
                  .isEqualTo(expected(peer, scopes));
            });
      }
    }

    private static Set<String> outcome(Verdict verdict) {
      return verdict.discardsWholeRecord() ? Set.of("*") : verdict.discardedFamilies();
    }

    private static Set<String> expected(String peer, Set<Scope> scopes) {
      Set<String> families = new HashSet<>();
      for (Scope scope : scopes) {
        if (scope.touches(peer, ORDERS)) {
          families.add(scope.family().orElse("*"));
        }
      }
      return families.contains("*") ? Set.of("*") : families;
    }
  }
}
