package io.hrp.control.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.hrp.control.ChangeNote;
import io.hrp.control.ClosedPolicy;
import io.hrp.control.ClosedTopic;
import io.hrp.control.ControlRecord;
import io.hrp.control.ControlState;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlCodecTest {
  private static final TableId TABLE = TableId.of("shop", "größe");
  private static final ChangeNote NOTE =
      ChangeNote.of("ann@host", Instant.ofEpochMilli(1_700_000_000_123L), "move, \n then back");
  private static final Scope FAMILY = Scope.of("east", TABLE).family("cf");
  private static final TopicOffsets FROM = TopicOffsets.of("id1", Map.of(0, 1L, 3, 1L << 40));

  private static final List<ControlValue> VALUES =
      List.of(
          DeclaredPartitions.of(TABLE, 12, NOTE),
          ClosedTopic.of(TABLE, ClosedPolicy.REJECT, NOTE),
          ClosedTopic.of(TABLE, ClosedPolicy.DIRECT, NOTE),
          Pause.of(Scope.ofPeer("east"), NOTE),
          Pause.of(Scope.of("east", TABLE), NOTE),
          Hold.of(FAMILY, "h-1", "disable it", NOTE),
          DiscardInterval.open(FAMILY, 3, FROM, NOTE),
          DiscardInterval.open(FAMILY, 4, TopicOffsets.ofNoTopic(), NOTE)
              .closed(FROM, ChangeNote.of("bob", Instant.ofEpochMilli(5), "")),
          PeerRegistration.of("west", StartPosition.LATEST, Map.of(TABLE, 4), NOTE),
          TopicStart.of("west", TABLE, "id2", 7, NOTE),
          PeerSelection.of("west", Long.MAX_VALUE, "sha", NOTE));

  private static ControlValue decode(String key, byte[] value) {
    ControlRecord record = ControlCodec.decode(42, ControlCodec.key(key), value);
    assertThat(record.offset()).isEqualTo(42);
    assertThat(record.keyText()).isEqualTo(key);
    return record.value().orElseThrow();
  }

  private static NotUnderstood refused(String key, byte[] value) {
    ControlValue decoded = decode(key, value);
    assertThat(decoded).isInstanceOf(NotUnderstood.class);
    return (NotUnderstood) decoded;
  }

  private static io.hrp.proto.v1.ControlRecord.Builder pause() {
    return io.hrp.proto.v1.ControlRecord.newBuilder()
        .setVersion(1)
        .setPause(io.hrp.proto.v1.Pause.getDefaultInstance());
  }

  @Test
  void everyValueReadsBackAsItWasWritten() {
    for (ControlValue value : VALUES) {
      byte[] bytes = ControlCodec.encode(value);
      ControlValue back = decode(value.keyText(), bytes);

      assertThat(back).hasSameClassAs(value);
      assertThat(back.note()).isEqualTo(value.note());
      assertThat(ControlCodec.encode(back)).isEqualTo(bytes);
    }
  }

  @Test
  void aClosedTopicReadsBackAndMayBeIgnoredByOlderDaemons() throws InvalidProtocolBufferException {
    ClosedTopic direct = ClosedTopic.of(TABLE, ClosedPolicy.DIRECT, NOTE);

    byte[] bytes = ControlCodec.encode(direct);

    ClosedTopic back = (ClosedTopic) decode("table/shop:größe/closed", bytes);
    assertThat(back.table()).isEqualTo(TABLE);
    assertThat(back.policy()).isEqualTo(ClosedPolicy.DIRECT);
    assertThat(io.hrp.proto.v1.ControlRecord.parseFrom(bytes).getIgnorable()).isTrue();
  }

  @Test
  void aPolicyThatIsNotKnownClosesTheTopicAllTheSame() {
    byte[] bytes =
        io.hrp.proto.v1.ControlRecord.newBuilder()
            .setVersion(1)
            .setClosed(io.hrp.proto.v1.ClosedTopic.newBuilder().setPolicyValue(77))
            .build()
            .toByteArray();

    ClosedTopic back = (ClosedTopic) decode("table/shop:größe/closed", bytes);

    assertThat(back.policy()).isEqualTo(ClosedPolicy.REJECT);
  }

  @Test
  void theFieldsOfAClosedIntervalReadBack() {
    DiscardInterval closed = (DiscardInterval) VALUES.get(7);

    DiscardInterval back = (DiscardInterval) decode(closed.keyText(), ControlCodec.encode(closed));

    assertThat(back.scope()).isEqualTo(FAMILY);
    assertThat(back.number()).isEqualTo(4);
    assertThat(back.from()).isEqualTo(TopicOffsets.ofNoTopic());
    assertThat(back.to()).hasValue(FROM);
    assertThat(back.started()).isEqualTo(NOTE);
    assertThat(back.ended()).hasValueSatisfying(n -> assertThat(n.who()).isEqualTo("bob"));
  }

  @Test
  void aNullValueIsARemoval() {
    ControlRecord record = ControlCodec.decode(1, ControlCodec.key("peer/east/pause"), null);

    assertThat(record.value()).isEmpty();
    assertThat(record.keyText()).isEqualTo("peer/east/pause");
  }

  @Test
  void unknownFieldsOfTheSameVersionAreIgnored() {
    byte[] bytes =
        pause()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("new"))
                            .build())
                    .build())
            .build()
            .toByteArray();

    assertThat(decode("peer/east/pause", bytes)).isInstanceOf(Pause.class);
  }

  @Test
  void whatANewerProgramWroteHoldsUnlessItSaysOtherwise() {
    NotUnderstood newer = refused("peer/east/pause", pause().setVersion(2).build().toByteArray());
    NotUnderstood ignorable =
        refused("peer/east/pause", pause().setVersion(2).setIgnorable(true).build().toByteArray());
    NotUnderstood attribute = refused("peer/east/blackout", pause().build().toByteArray());

    assertThat(newer.weight()).isEqualTo(NotUnderstood.Weight.HOLDS);
    assertThat(newer.reason()).isEqualTo("schema version 2, known is 1");
    assertThat(newer.scope()).isEqualTo(Scope.ofPeer("east"));
    assertThat(ignorable.weight()).isEqualTo(NotUnderstood.Weight.IGNORABLE);
    assertThat(attribute.weight()).isEqualTo(NotUnderstood.Weight.HOLDS);
    assertThat(attribute.scope()).isEqualTo(Scope.ofPeer("east"));
  }

  @Test
  void aValueThatDoesNotFitItsKeyIsNotUnderstood() {
    byte[] pause = pause().build().toByteArray();

    for (String key :
        List.of(
            "peer/east/registration",
            "table/shop:t/discard/1",
            "table/shop:t/family/cf/pause",
            "x")) {
      assertThat(refused(key, pause).weight()).isEqualTo(NotUnderstood.Weight.HOLDS);
    }
    byte[] noPartitions =
        io.hrp.proto.v1.ControlRecord.newBuilder()
            .setVersion(1)
            .setPartitions(io.hrp.proto.v1.DeclaredPartitions.getDefaultInstance())
            .build()
            .toByteArray();
    assertThat(refused("table/shop:t/partitions", noPartitions).reason())
        .contains("at least one partition");
  }

  @Test
  void anyBytesGiveARecordNeverAnException() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = random.nextInt(3) == 0 ? junk(random) : damaged(random);
      ControlValue value = VALUES.get(random.nextInt(VALUES.size()));
      byte[] key = random.nextBoolean() ? ControlCodec.key(value.keyText()) : junk(random);

      ControlRecord record = ControlCodec.decode(i, key, bytes);

      assertThat(record.value()).as("seed %d, try %d", seed, i).isPresent();
      ControlState.empty().with(List.of(record)).holdOf("east", TABLE);
    }
  }

  private static byte[] junk(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(Random random) {
    byte[] bytes = ControlCodec.encode(VALUES.get(random.nextInt(VALUES.size())));
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return bytes;
  }
}
