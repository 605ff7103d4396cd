package io.hrp.control;

import static java.util.Objects.requireNonNull;

import io.hrp.wire.TableId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One change somebody wants in the control topic. Who, when and why are added when it is written.
 * Immutable; {@link #toString} describes it for plans and logs.
 */
public final class ControlChange {
  private final String keyText;
  private final String description;
  private final @Nullable Function<ChangeNote, ControlValue> value;

  private ControlChange(
      String keyText, String description, @Nullable Function<ChangeNote, ControlValue> value) {
    this.keyText = requireNonNull(keyText, "keyText");
    this.description = requireNonNull(description, "description");
    this.value = value;
  }

  private static ControlChange put(
      Scope scope,
      ControlAttribute attribute,
      String description,
      Function<ChangeNote, ControlValue> value) {
    return new ControlChange(ControlKey.of(scope, attribute).text(), description, value);
  }

  /** Declares how many partitions a table's topic has. */
  public static ControlChange declarePartitions(TableId table, int count) {
    return put(
        Scope.ofTable(table),
        ControlAttribute.PARTITIONS,
        "declare " + count + " partitions for table '" + table + "'",
        note -> DeclaredPartitions.of(table, count, note));
  }

  /** Closes a table's topic to producers, or changes what they do about it. */
  public static ControlChange closeTopic(TableId table, ClosedPolicy policy) {
    return put(
        Scope.ofTable(table),
        ControlAttribute.CLOSED,
        "close the topic of table '"
            + table
            + "' to producers ("
            + policy.name().toLowerCase(Locale.ROOT)
            + ")",
        note -> ClosedTopic.of(table, policy, note));
  }

  public static ControlChange openTopic(TableId table) {
    return remove(
        ControlKey.of(Scope.ofTable(table), ControlAttribute.CLOSED).text(),
        "open the topic of table '" + table + "' to producers");
  }

  public static ControlChange pause(Scope scope) {
    return put(scope, ControlAttribute.PAUSE, "pause " + scope, note -> Pause.of(scope, note));
  }

  public static ControlChange resume(Scope scope) {
    return remove(ControlKey.of(scope, ControlAttribute.PAUSE).text(), "resume " + scope);
  }

  /** See {@link Hold#of}. */
  public static ControlChange hold(Scope scope, String id, String purpose) {
    return put(
        scope,
        ControlAttribute.HOLD,
        "hold " + scope + " to " + purpose,
        note -> Hold.of(scope, id, purpose, note));
  }

  public static ControlChange liftHold(Scope scope) {
    return remove(ControlKey.of(scope, ControlAttribute.HOLD).text(), "lift the hold of " + scope);
  }

  /** Starts an interval; {@code number} comes from {@link ControlState#nextDiscardNumber}. */
  public static ControlChange startDiscarding(Scope scope, int number, TopicOffsets from) {
    return new ControlChange(
        ControlKey.discard(scope, number).text(),
        "disable " + scope + " from " + from,
        note -> DiscardInterval.open(scope, number, from, note));
  }

  /** Ends an open interval. */
  public static ControlChange stopDiscarding(DiscardInterval open, TopicOffsets to) {
    return new ControlChange(
        open.keyText(), "enable " + open.scope() + " from " + to, note -> open.closed(to, note));
  }

  /** Forgets a closed interval that every peer has passed. */
  public static ControlChange forget(DiscardInterval interval) {
    return remove(interval.keyText(), "forget the interval " + interval.keyText());
  }

  /** See {@link PeerRegistration#of}. */
  public static ControlChange registerPeer(
      String peer, StartPosition start, Map<TableId, Integer> existing) {
    return put(
        Scope.ofPeer(peer),
        ControlAttribute.REGISTRATION,
        "register peer '" + peer + "'",
        note -> PeerRegistration.of(peer, start, existing, note));
  }

  /** See {@link TopicStart#of}. */
  public static ControlChange startTopic(
      String peer, TableId table, String topicId, int partitions) {
    return put(
        Scope.of(peer, table),
        ControlAttribute.TOPIC_START,
        "start " + partitions + " partitions of table '" + table + "' on peer '" + peer + "'",
        note -> TopicStart.of(peer, table, topicId, partitions, note));
  }

  /** See {@link PeerSelection#of}. */
  public static ControlChange select(String peer, long generation, String hash) {
    return put(
        Scope.ofPeer(peer),
        ControlAttribute.SELECTION,
        "take generation " + generation + " of the selection of peer '" + peer + "'",
        note -> PeerSelection.of(peer, generation, hash, note));
  }

  /** Removes any record, also one that this program does not understand. */
  public static ControlChange remove(String keyText) {
    return remove(keyText, "remove " + keyText);
  }

  private static ControlChange remove(String keyText, String description) {
    return new ControlChange(keyText, description, null);
  }

  public String keyText() {
    return keyText;
  }

  /** The value to write, signed; absent if the key is to be removed. */
  public Optional<ControlValue> signed(ChangeNote note) {
    return value == null ? Optional.empty() : Optional.of(value.apply(note));
  }

  @Override
  public String toString() {
    return description;
  }
}
