package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the control topic says up to one offset: an immutable snapshot, safe for any thread. It is
 * the same whichever part of the topic compaction has already removed, because every key's latest
 * record decides alone.
 *
 * <p>A record that this program does not understand is kept; unless its writer marked it as
 * ignorable, it holds its scope ({@link #holdOf}).
 */
public final class ControlState {
  private static final ControlState EMPTY = new ControlState(new TreeMap<>(), -1);

  private final SortedMap<String, ControlValue> values;
  private final long controlOffset;
  private final Map<TableId, List<DiscardInterval>> intervals = new HashMap<>();
  private final List<Hold> holds = new ArrayList<>();
  private final List<NotUnderstood> notUnderstood = new ArrayList<>();

  private ControlState(SortedMap<String, ControlValue> values, long controlOffset) {
    this.values = Collections.unmodifiableSortedMap(values);
    this.controlOffset = controlOffset;
    for (ControlValue value : values.values()) {
      index(value);
    }
  }

  private void index(ControlValue value) {
    if (value instanceof DiscardInterval) {
      DiscardInterval interval = (DiscardInterval) value;
      TableId table = interval.scope().table().orElseThrow();
      intervals.computeIfAbsent(table, t -> new ArrayList<>()).add(interval);
    } else if (value instanceof Hold) {
      holds.add((Hold) value);
    } else if (value instanceof NotUnderstood) {
      NotUnderstood record = (NotUnderstood) value;
      notUnderstood.add(record);
      if (record.weight() == NotUnderstood.Weight.HOLDS) {
        holds.add(Hold.becauseOf(record));
      }
    }
  }

  /** Before any record. */
  public static ControlState empty() {
    return EMPTY;
  }

  /** This state with later records folded in, in order. */
  public ControlState with(Collection<ControlRecord> records) {
    if (records.isEmpty()) {
      return this;
    }
    SortedMap<String, ControlValue> next = new TreeMap<>(values);
    long offset = controlOffset;
    for (ControlRecord record : records) {
      if (record.offset() <= offset) {
        throw new IllegalArgumentException(
            "control records come in order: offset " + record.offset() + " after " + offset);
      }
      offset = record.offset();
      if (record.value().isPresent()) {
        next.put(record.keyText(), record.value().get());
      } else {
        next.remove(record.keyText());
      }
    }
    return new ControlState(next, offset);
  }

  /** Offset of the last record folded in, -1 if there is none. */
  public long controlOffset() {
    return controlOffset;
  }

  /** Every value, in the order of the keys. */
  public Collection<ControlValue> values() {
    return values.values();
  }

  public Optional<ControlValue> value(String keyText) {
    return Optional.ofNullable(values.get(requireNonNull(keyText, "keyText")));
  }

  private <T extends ControlValue> Optional<T> find(
      Scope scope, ControlAttribute attribute, Class<T> type) {
    ControlValue value = values.get(ControlKey.of(scope, attribute).text());
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  /** How many partitions the table's topic has; absent if the table was never declared. */
  public OptionalInt declaredPartitions(TableId table) {
    Optional<DeclaredPartitions> declared =
        find(Scope.ofTable(table), ControlAttribute.PARTITIONS, DeclaredPartitions.class);
    return declared.isPresent() ? OptionalInt.of(declared.get().count()) : OptionalInt.empty();
  }

  public SortedSet<TableId> declaredTables() {
    SortedSet<TableId> tables = new TreeSet<>();
    for (ControlValue value : values.values()) {
      if (value instanceof DeclaredPartitions) {
        tables.add(((DeclaredPartitions) value).table());
      }
    }
    return tables;
  }

  /** Whether and how the table's topic is closed to producers. */
  public Optional<ClosedTopic> closedTopic(TableId table) {
    return find(Scope.ofTable(table), ControlAttribute.CLOSED, ClosedTopic.class);
  }

  /** Every topic that is closed, in the order of the tables' names. */
  public List<ClosedTopic> closedTopics() {
    List<ClosedTopic> closed = new ArrayList<>();
    for (ControlValue value : values.values()) {
      if (value instanceof ClosedTopic) {
        closed.add((ClosedTopic) value);
      }
    }
    return closed;
  }

  /**
   * A record of the whole table that this program cannot read and may not go on without: it might
   * forbid its producers what they are about to do.
   */
  public Optional<NotUnderstood> forbidsPublishing(TableId table) {
    for (NotUnderstood record : notUnderstood) {
      Scope scope = record.scope();
      if (record.weight() == NotUnderstood.Weight.HOLDS
          && scope.peer().isEmpty()
          && scope.family().isEmpty()
          && (scope.table().isEmpty() || scope.table().get().equals(table))) {
        return Optional.of(record);
      }
    }
    return Optional.empty();
  }

  /** The pause of exactly this scope. */
  public Optional<Pause> pauseAt(Scope scope) {
    return find(scope, ControlAttribute.PAUSE, Pause.class);
  }

  /**
   * What pauses a table on a peer: the pause of the peer, else of the table on all peers, else of
   * the table on this peer.
   */
  public Optional<Pause> pauseOf(String peer, TableId table) {
    return pauseAt(Scope.ofPeer(peer))
        .or(() -> pauseAt(Scope.ofTable(table)))
        .or(() -> pauseAt(Scope.of(peer, table)));
  }

  /** The hold of exactly this scope. */
  public Optional<Hold> holdAt(Scope scope) {
    return find(scope, ControlAttribute.HOLD, Hold.class);
  }

  /**
   * What keeps a table on a peer from being applied or discarded at all right now: a disable or
   * enable under way, for one family of it too, or a record that is not understood.
   */
  public Optional<Hold> holdOf(String peer, TableId table) {
    return holds.stream().filter(hold -> hold.scope().touches(peer, table)).findFirst();
  }

  /** Every hold, those for records not understood included. */
  public List<Hold> holds() {
    return Collections.unmodifiableList(holds);
  }

  /**
   * The intervals that concern a table on a peer. If the topic's id is known, ask the result with
   * {@link Discards#onTopic}.
   */
  public Discards discardsOf(String peer, TableId table) {
    List<DiscardInterval> concerned = new ArrayList<>();
    for (DiscardInterval interval : intervals.getOrDefault(table, List.of())) {
      if (interval.scope().touches(peer, table)) {
        concerned.add(interval);
      }
    }
    return Discards.of(concerned);
  }

  /** The intervals of exactly this scope, oldest first. */
  public List<DiscardInterval> intervalsAt(Scope scope) {
    List<DiscardInterval> found = new ArrayList<>();
    for (ControlValue value : values.values()) {
      if (value instanceof DiscardInterval && ((DiscardInterval) value).scope().equals(scope)) {
        found.add((DiscardInterval) value);
      }
    }
    found.sort((a, b) -> Integer.compare(a.number(), b.number()));
    return found;
  }

  /** The open interval of exactly this scope. */
  public Optional<DiscardInterval> openIntervalAt(Scope scope) {
    return intervalsAt(scope).stream().filter(DiscardInterval::isOpen).findFirst();
  }

  /** A number no interval of the scope has. */
  public int nextDiscardNumber(Scope scope) {
    List<DiscardInterval> existing = intervalsAt(scope);
    return existing.isEmpty() ? 1 : existing.get(existing.size() - 1).number() + 1;
  }

  /** When the peer was first seen; absent if it never was. */
  public Optional<PeerRegistration> peerRegistration(String peer) {
    return find(Scope.ofPeer(peer), ControlAttribute.REGISTRATION, PeerRegistration.class);
  }

  /** Every peer that was ever seen. */
  public SortedSet<String> registeredPeers() {
    SortedSet<String> peers = new TreeSet<>();
    for (ControlValue value : values.values()) {
      if (value instanceof PeerRegistration) {
        peers.add(((PeerRegistration) value).peer());
      }
    }
    return peers;
  }

  /** The topic the peer reads the table from; absent if it never began to. */
  public Optional<TopicStart> topicStart(String peer, TableId table) {
    return find(Scope.of(peer, table), ControlAttribute.TOPIC_START, TopicStart.class);
  }

  /** The selection in force for the peer; absent if no daemon ever wrote one. */
  public Optional<PeerSelection> selectionOf(String peer) {
    return find(Scope.ofPeer(peer), ControlAttribute.SELECTION, PeerSelection.class);
  }

  /** The records this program cannot read. */
  public List<NotUnderstood> notUnderstood() {
    return Collections.unmodifiableList(notUnderstood);
  }
}
