package io.hrp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.hrp.proto.v1.Attribute;
import io.hrp.proto.v1.CellType;
import io.hrp.proto.v1.ColumnValue;
import io.hrp.proto.v1.MessageType;
import io.hrp.proto.v1.PutMessage;
import io.hrp.wire.testing.MutationComparison;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.hbase.client.Durability;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.junit.jupiter.api.Test;

class MutationDecoderTest {
  @Test
  void refusesAMessageWithoutWhatEveryMessageNeeds() {
    malformed(put().clearTablename(), "names no table");
    malformed(put().clearVersion(), "no schema version");
    malformed(put().clearRow(), "the row has 0 bytes");
    malformed(put().setRow(ByteString.copyFrom(new byte[32_768])), "the row has 32768 bytes");
    malformed(put().clearColumns(), "has no cells");
    malformed(put().clearFamily(), "family has 0 bytes");
    malformed(put().setFamily(ByteString.copyFrom(new byte[128])), "family has 128 bytes");
    assertThatThrownBy(() -> MutationDecoder.decode(new byte[0]))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void refusesTimestampsThatHBaseWouldNotKeep() {
    malformed(put().setTimestamp(-1), "timestamp");
    malformed(put().setTimestamp(Long.MAX_VALUE), "timestamp");
    malformed(put().addColumns(ColumnValue.newBuilder().setTimestamp(-1)), "timestamp");
    malformed(put().addColumns(ColumnValue.newBuilder().setTimestamp(Long.MAX_VALUE)), "timestamp");
  }

  @Test
  void refusesCellsAndPartsThatDoNotFitTheType() {
    malformed(put().setType(MessageType.MESSAGE_TYPE_DELETE), "a delete has a put's");
    malformed(
        put().addColumns(ColumnValue.newBuilder().setType(CellType.CELL_TYPE_DELETE_COLUMN)),
        "a put has a delete's cell");
    malformed(put().setType(MessageType.MESSAGE_TYPE_ROW_DELETE), "row delete has cells");
    malformed(put().addParts(part()), "has parts and is no row mutation");
    malformed(rowMutations().clearParts(), "has no parts");
    malformed(rowMutations().addColumns(ColumnValue.newBuilder()), "cells beside its parts");
    malformed(rowMutations().addParts(part().addParts(part())), "a part has parts itself");
    malformed(
        rowMutations().addParts(part().setType(MessageType.MESSAGE_TYPE_ROW_MUTATIONS)),
        "a part has parts itself");
    malformed(rowMutations().addParts(part().setRow(bytes("r"))), "belongs to the outer");
    malformed(rowMutations().addParts(part().setTablename("a:b")), "belongs to the outer");
    malformed(rowMutations().setTtlMs(5), "belong to its parts");
  }

  @Test
  void refusesAttributesThatHBaseKeepsForItself() {
    for (String name : List.of("_cs.id", "_ttl", "acl", "VISIBILITY", "")) {
      malformed(put().addAttributes(Attribute.newBuilder().setName(name)), "HBase's own");
    }
    malformed(put().setTtlMs(0), "time to live");
    malformed(rowDelete().setTtlMs(5), "time to live");
    malformed(put().addClusterIds(bytes("short")), "cluster id");
  }

  @Test
  void whatANewerReaderMightKnowIsNoPoison() {
    newer(put().setVersion(2));
    newer(put().setVersion(-1));
    newer(put().setTypeValue(99).clearRow().clearColumns());
    newer(put().setDurabilityValue(17));
    newer(put().addColumns(ColumnValue.newBuilder().setTypeValue(9)));
    newer(rowMutations().addParts(part().setTypeValue(12)));
  }

  @Test
  void refusesATableNameThatIsNoUtf8() {
    byte[] value = put().setTablename("XY").build().toByteArray();
    value[2] = (byte) 0xc3;

    assertThatThrownBy(() -> MutationDecoder.decode(value))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void tellsWhatAMessageIs() {
    DecodedMutation put = decode(put().setPublishTimeMs(5).setVisibility(bytes("v")));

    assertThat(put.kind()).isEqualTo(DecodedMutation.Kind.PUT);
    assertThat(put.tableName()).isEqualTo("shop:größe");
    assertThat(put.isOfTable(TableId.parse("shop:größe"))).isTrue();
    assertThat(put.isOfTable(TableId.parse("shop:other"))).isFalse();
    assertThat(put.row()).isEqualTo(RowKey.wrap("r".getBytes(StandardCharsets.UTF_8)));
    assertThat(put.publishTimeMs()).isEqualTo(5);
    assertThat(put.cellCount()).isEqualTo(1);
    assertThat(put.needsVisibility()).isTrue();
    assertThat(put.needsAcl()).isFalse();
    assertThat(decode(rowDelete()).kind()).isEqualTo(DecodedMutation.Kind.ROW_DELETE);
    assertThat(decode(rowMutations()).kind()).isEqualTo(DecodedMutation.Kind.ROW_MUTATIONS);
  }

  @Test
  void strengthensDurabilityAndNeverWeakensIt() {
    assertThat(durability(put(), TargetOptions.DEFAULT)).isEqualTo(Durability.SYNC_WAL);
    assertThat(durability(put().setDurabilityValue(1), TargetOptions.DEFAULT))
        .isEqualTo(Durability.SYNC_WAL);
    assertThat(durability(put().setDurabilityValue(4), TargetOptions.DEFAULT))
        .isEqualTo(Durability.FSYNC_WAL);
    assertThat(durability(put(), TargetOptions.of(Durability.FSYNC_WAL)))
        .isEqualTo(Durability.FSYNC_WAL);
  }

  @Test
  void keepsOnlySelectedFamilies() {
    PutMessage.Builder two =
        put().addColumns(ColumnValue.newBuilder().setFamily(bytes("b")).setQualifier(bytes("x")));

    assertThat(lines(two, FamilySelection.only(Set.of("b"))))
        .containsExactly("Put 72 SYNC_WAL", "cell 72/62:78/7/Put=");
    assertThat(lines(two, FamilySelection.allExcept(Set.of("b"))))
        .containsExactly("Put 72 SYNC_WAL", "cell 72/61:71/7/Put=76");
    assertThat(decode(two).toRow(FamilySelection.only(Set.of()), List::of, TargetOptions.DEFAULT))
        .isEmpty();
    assertThat(
            decode(rowMutations())
                .toRow(FamilySelection.allExcept(Set.of("a")), List::of, TargetOptions.DEFAULT))
        .isEmpty();
  }

  @Test
  void expandsARowDeleteOnlyUnderANarrowerSelection() {
    assertThat(lines(rowDelete(), FamilySelection.ALL)).containsExactly("Delete 72 at 7 SYNC_WAL");
    assertThat(lines(rowDelete(), FamilySelection.allExcept(Set.of("b"))))
        .containsExactly(
            "Delete 72 SYNC_WAL", "cell 72/61:/7/DeleteFamily=", "cell 72/63:/7/DeleteFamily=");
    assertThat(
            decode(rowDelete())
                .toRow(FamilySelection.only(Set.of("z")), List::of, TargetOptions.DEFAULT))
        .isEmpty();
  }

  @Test
  void partsInheritWhatTheyDoNotName() {
    PutMessage.Builder message =
        rowMutations()
            .setDurabilityValue(4)
            .addParts(part().setFamily(bytes("b")).setTimestamp(8).setDurabilityValue(3))
            .addParts(PutMessage.newBuilder().setType(MessageType.MESSAGE_TYPE_ROW_DELETE))
            .addClusterIds(ByteString.copyFrom(new byte[16]));

    Row row = decode(message).toRow(FamilySelection.ALL, List::of, TargetOptions.DEFAULT).get();

    assertThat(MutationComparison.describe(row))
        .filteredOn(line -> !line.startsWith("attribute"))
        .containsExactly(
            "RowMutations 72",
            "Put 72 FSYNC_WAL",
            "cell 72/61:70/7/Put=",
            "Put 72 SYNC_WAL",
            "cell 72/62:70/8/Put=",
            "Delete 72 at 7 FSYNC_WAL");
    for (Mutation part : ((RowMutations) row).getMutations()) {
      assertThat(part.getClusterIds()).containsExactly(new java.util.UUID(0, 0));
    }
  }

  private static PutMessage.Builder put() {
    return PutMessage.newBuilder()
        .setTablename("shop:größe")
        .setVersion(1)
        .setRow(bytes("r"))
        .setFamily(bytes("a"))
        .setTimestamp(7)
        .addColumns(ColumnValue.newBuilder().setQualifier(bytes("q")).setValue(bytes("v")));
  }

  private static PutMessage.Builder rowDelete() {
    return put().clearColumns().setType(MessageType.MESSAGE_TYPE_ROW_DELETE);
  }

  private static PutMessage.Builder rowMutations() {
    return put().clearColumns().setType(MessageType.MESSAGE_TYPE_ROW_MUTATIONS).addParts(part());
  }

  private static PutMessage.Builder part() {
    return PutMessage.newBuilder().addColumns(ColumnValue.newBuilder().setQualifier(bytes("p")));
  }

  private static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }

  private static DecodedMutation decode(PutMessage.Builder message) {
    return MutationDecoder.decode(message.build().toByteArray());
  }

  private static List<String> lines(PutMessage.Builder message, FamilySelection families) {
    List<byte[]> targetFamilies = List.of(new byte[] {'a'}, new byte[] {'b'}, new byte[] {'c'});
    return MutationComparison.describe(
        decode(message).toRow(families, () -> targetFamilies, TargetOptions.DEFAULT).get());
  }

  private static Durability durability(PutMessage.Builder message, TargetOptions options) {
    return ((Mutation) decode(message).toRow(FamilySelection.ALL, List::of, options).orElseThrow())
        .getDurability();
  }

  private static void malformed(PutMessage.Builder message, String what) {
    assertThatThrownBy(() -> decode(message))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageContaining(what);
  }

  private static void newer(PutMessage.Builder message) {
    assertThatThrownBy(() -> decode(message)).isInstanceOf(NewerSchemaException.class);
  }
}
