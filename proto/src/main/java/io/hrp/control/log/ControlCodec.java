package io.hrp.control.log;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hrp.control.ChangeNote;
import io.hrp.control.ClosedPolicy;
import io.hrp.control.ClosedTopic;
import io.hrp.control.ControlKey;
import io.hrp.control.ControlRecord;
import io.hrp.control.ControlValue;
import io.hrp.control.DeclaredPartitions;
import io.hrp.control.DiscardInterval;
import io.hrp.control.Hold;
import io.hrp.control.NotUnderstood;
import io.hrp.control.Pause;
import io.hrp.control.PeerRegistration;
import io.hrp.control.PeerSelection;
import io.hrp.control.Scope;
import io.hrp.control.StartPosition;
import io.hrp.control.TopicOffsets;
import io.hrp.control.TopicStart;
import io.hrp.wire.TableId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns control values into record bytes and back. Reading never fails: whatever cannot be read
 * becomes a {@link NotUnderstood}, which holds its scope unless its writer marked it as ignorable.
 */
final class ControlCodec {
  /** The version of the schema this program writes, and the newest it reads. */
  static final int VERSION = 1;

  private static final ChangeNote UNKNOWN_NOTE = ChangeNote.of("unknown", Instant.EPOCH, "");

  private ControlCodec() {}

  static byte[] key(String keyText) {
    return keyText.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] encode(ControlValue value) {
    io.hrp.proto.v1.ControlRecord.Builder record =
        io.hrp.proto.v1.ControlRecord.newBuilder().setVersion(VERSION).setNote(note(value.note()));
    if (value instanceof DeclaredPartitions) {
      record.getPartitionsBuilder().setCount(((DeclaredPartitions) value).count());
    } else if (value instanceof ClosedTopic) {
      // A daemon that does not know it may go on: the record speaks to producers.
      record.setIgnorable(true).getClosedBuilder().setPolicy(policy((ClosedTopic) value));
    } else if (value instanceof Pause) {
      record.getPauseBuilder();
    } else if (value instanceof Hold) {
      Hold hold = (Hold) value;
      record.getHoldBuilder().setId(hold.id()).setPurpose(hold.purpose());
    } else if (value instanceof DiscardInterval) {
      record.setDiscard(interval((DiscardInterval) value));
    } else {
      encodePeer(value, record);
    }
    return record.build().toByteArray();
  }

  private static void encodePeer(ControlValue value, io.hrp.proto.v1.ControlRecord.Builder record) {
    if (value instanceof PeerRegistration) {
      record.setRegistration(registration((PeerRegistration) value));
    } else if (value instanceof TopicStart) {
      TopicStart start = (TopicStart) value;
      record.getTopicStartBuilder().setTopicId(start.topicId()).setPartitions(start.partitions());
    } else if (value instanceof PeerSelection) {
      PeerSelection selection = (PeerSelection) value;
      record.getSelectionBuilder().setGeneration(selection.generation()).setHash(selection.hash());
    } else {
      throw new IllegalArgumentException("cannot be written: " + value);
    }
  }

  private static io.hrp.proto.v1.ClosedPolicy policy(ClosedTopic value) {
    return value.policy() == ClosedPolicy.DIRECT
        ? io.hrp.proto.v1.ClosedPolicy.CLOSED_POLICY_DIRECT
        : io.hrp.proto.v1.ClosedPolicy.CLOSED_POLICY_REJECT;
  }

  private static io.hrp.proto.v1.PeerRegistration registration(PeerRegistration value) {
    io.hrp.proto.v1.PeerRegistration.Builder builder =
        io.hrp.proto.v1.PeerRegistration.newBuilder()
            .setStartPosition(
                value.startPosition() == StartPosition.LATEST
                    ? io.hrp.proto.v1.StartPosition.START_POSITION_LATEST
                    : io.hrp.proto.v1.StartPosition.START_POSITION_EARLIEST);
    value.existing().forEach((table, count) -> builder.putExisting(table.qualifiedName(), count));
    return builder.build();
  }

  private static io.hrp.proto.v1.DiscardInterval interval(DiscardInterval value) {
    io.hrp.proto.v1.DiscardInterval.Builder builder =
        io.hrp.proto.v1.DiscardInterval.newBuilder()
            .setFrom(offsets(value.from()))
            .setStarted(note(value.started()));
    value.to().ifPresent(to -> builder.setTo(offsets(to)));
    value.ended().ifPresent(ended -> builder.setEnded(note(ended)));
    return builder.build();
  }

  private static io.hrp.proto.v1.TopicOffsets offsets(TopicOffsets offsets) {
    return io.hrp.proto.v1.TopicOffsets.newBuilder()
        .setTopicId(offsets.topicId())
        .putAllOffsets(offsets.offsets())
        .build();
  }

  static io.hrp.proto.v1.ChangeNote note(ChangeNote note) {
    return io.hrp.proto.v1.ChangeNote.newBuilder()
        .setWho(note.who())
        .setWhenMs(note.when().toEpochMilli())
        .setWhy(note.why())
        .build();
  }

  static ChangeNote note(io.hrp.proto.v1.ChangeNote note) {
    return ChangeNote.of(note.getWho(), Instant.ofEpochMilli(note.getWhenMs()), note.getWhy());
  }

  static ControlRecord decode(long offset, byte @Nullable [] key, byte @Nullable [] value) {
    String keyText = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    if (value == null) {
      return ControlRecord.removal(offset, keyText);
    }
    io.hrp.proto.v1.ControlRecord record;
    try {
      record = io.hrp.proto.v1.ControlRecord.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      return ControlRecord.of(
          offset,
          NotUnderstood.of(
              keyText,
              offset,
              "its bytes are no control record",
              NotUnderstood.Weight.HOLDS,
              UNKNOWN_NOTE));
    }
    return ControlRecord.of(offset, decode(offset, keyText, record));
  }

  private static ControlValue decode(
      long offset, String keyText, io.hrp.proto.v1.ControlRecord record) {
    if (record.getVersion() < 1 || record.getVersion() > VERSION) {
      return notUnderstood(
          offset,
          keyText,
          record,
          "schema version " + record.getVersion() + ", known is " + VERSION);
    }
    ControlKey key = ControlKey.parse(keyText).orElse(null);
    if (key == null) {
      return notUnderstood(offset, keyText, record, "a key this program does not know");
    }
    try {
      ControlValue value = known(key, record);
      if (value != null && value.keyText().equals(keyText)) {
        return value;
      }
      return notUnderstood(
          offset, keyText, record, "its value '" + record.getValueCase() + "' is not for its key");
    } catch (IllegalArgumentException | IllegalStateException e) {
      return notUnderstood(offset, keyText, record, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable ControlValue known(
      ControlKey key, io.hrp.proto.v1.ControlRecord record) {
    ChangeNote note = note(record.getNote());
    Scope scope = key.scope();
    switch (record.getValueCase()) {
      case PARTITIONS:
        return DeclaredPartitions.of(table(scope), record.getPartitions().getCount(), note);
      case CLOSED:
        return ClosedTopic.of(table(scope), policy(record.getClosed()), note);
      case PAUSE:
        return Pause.of(scope, note);
      case HOLD:
        return Hold.of(scope, record.getHold().getId(), record.getHold().getPurpose(), note);
      case DISCARD:
        return interval(key, record.getDiscard());
      case REGISTRATION:
        return registration(peer(scope), record.getRegistration(), note);
      case TOPIC_START:
        return TopicStart.of(
            peer(scope),
            table(scope),
            record.getTopicStart().getTopicId(),
            record.getTopicStart().getPartitions(),
            note);
      case SELECTION:
        return PeerSelection.of(
            peer(scope),
            record.getSelection().getGeneration(),
            record.getSelection().getHash(),
            note);
      default:
        return null;
    }
  }

  /**
   * A policy of a newer program still means that the topic is closed: rejecting is what loses
   * nothing.
   */
  private static ClosedPolicy policy(io.hrp.proto.v1.ClosedTopic message) {
    return message.getPolicy() == io.hrp.proto.v1.ClosedPolicy.CLOSED_POLICY_DIRECT
        ? ClosedPolicy.DIRECT
        : ClosedPolicy.REJECT;
  }

  private static TableId table(Scope scope) {
    return scope.table().orElseThrow(() -> new IllegalStateException("its key names no table"));
  }

  private static String peer(Scope scope) {
    return scope.peer().orElseThrow(() -> new IllegalStateException("its key names no peer"));
  }

  private static DiscardInterval interval(ControlKey key, io.hrp.proto.v1.DiscardInterval message) {
    DiscardInterval open =
        DiscardInterval.open(
            key.scope(), key.number(), offsets(message.getFrom()), note(message.getStarted()));
    return message.hasTo() ? open.closed(offsets(message.getTo()), note(message.getEnded())) : open;
  }

  private static TopicOffsets offsets(io.hrp.proto.v1.TopicOffsets message) {
    return TopicOffsets.of(message.getTopicId(), message.getOffsetsMap());
  }

  private static PeerRegistration registration(
      String peer, io.hrp.proto.v1.PeerRegistration message, ChangeNote note) {
    StartPosition start;
    switch (message.getStartPosition()) {
      case START_POSITION_EARLIEST:
        start = StartPosition.EARLIEST;
        break;
      case START_POSITION_LATEST:
        start = StartPosition.LATEST;
        break;
      default:
        throw new IllegalStateException("a start position this program does not know");
    }
    Map<TableId, Integer> existing = new TreeMap<>();
    message.getExistingMap().forEach((name, count) -> existing.put(TableId.parse(name), count));
    return PeerRegistration.of(peer, start, existing, note);
  }

  private static NotUnderstood notUnderstood(
      long offset, String keyText, io.hrp.proto.v1.ControlRecord record, String reason) {
    return NotUnderstood.of(
        keyText,
        offset,
        reason,
        record.getIgnorable() ? NotUnderstood.Weight.IGNORABLE : NotUnderstood.Weight.HOLDS,
        record.hasNote() ? note(record.getNote()) : UNKNOWN_NOTE);
  }
}
