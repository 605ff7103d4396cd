package io.hrp.bench.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.hbase.client.Mutation;
import org.apache.hadoop.hbase.client.Put;
import org.apache.hadoop.hbase.client.Row;
import org.apache.hadoop.hbase.client.RowMutations;
import org.apache.hadoop.hbase.shaded.protobuf.ProtobufUtil;
import org.apache.hadoop.hbase.shaded.protobuf.generated.ClientProtos.Action;
import org.apache.hadoop.hbase.shaded.protobuf.generated.ClientProtos.MutationProto;
import org.apache.hadoop.hbase.shaded.protobuf.generated.ClientProtos.MutationProto.MutationType;
import org.apache.hadoop.hbase.shaded.protobuf.generated.ClientProtos.RegionAction;
import org.apache.hadoop.hbase.shaded.protobuf.generated.HBaseProtos.RegionSpecifier;
import org.apache.hadoop.hbase.shaded.protobuf.generated.HBaseProtos.RegionSpecifier.RegionSpecifierType;
import org.apache.hbase.thirdparty.com.google.protobuf.ByteString;

/** The messages in which HBase's own client sends mutations. */
final class HBaseCodec implements Codec {

  /** {@code RowMutations} have no message of their own: they travel as an atomic region action. */
  private static final RegionSpecifier NO_REGION =
      RegionSpecifier.newBuilder()
          .setType(RegionSpecifierType.ENCODED_REGION_NAME)
          .setValue(ByteString.EMPTY)
          .build();

  private final boolean isForRowMutations;

  private HBaseCodec(boolean isForRowMutations) {
    this.isForRowMutations = isForRowMutations;
  }

  /** {@code MutationProto}, for puts and deletes. */
  static HBaseCodec ofMutations() {
    return new HBaseCodec(false);
  }

  /** {@code RegionAction} around several {@code MutationProto}, for row mutations. */
  static HBaseCodec ofRowMutations() {
    return new HBaseCodec(true);
  }

  @Override
  public String name() {
    return "hbase";
  }

  @Override
  public byte[] encode(Row mutation) {
    try {
      return isForRowMutations
          ? toRegionAction((RowMutations) mutation).toByteArray()
          : toProto((Mutation) mutation).toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Row decode(byte[] bytes) {
    try {
      return isForRowMutations
          ? toRowMutations(RegionAction.parseFrom(bytes))
          : toMutation(MutationProto.parseFrom(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MutationProto toProto(Mutation mutation) throws IOException {
    return ProtobufUtil.toMutation(
        mutation instanceof Put ? MutationType.PUT : MutationType.DELETE, mutation);
  }

  private static Mutation toMutation(MutationProto proto) throws IOException {
    return proto.getMutateType() == MutationType.PUT
        ? ProtobufUtil.toPut(proto)
        : ProtobufUtil.toDelete(proto);
  }

  private static RegionAction toRegionAction(RowMutations mutations) throws IOException {
    RegionAction.Builder action = RegionAction.newBuilder().setAtomic(true).setRegion(NO_REGION);
    for (Mutation mutation : mutations.getMutations()) {
      action.addAction(Action.newBuilder().setMutation(toProto(mutation)));
    }
    return action.build();
  }

  private static RowMutations toRowMutations(RegionAction action) throws IOException {
    List<Mutation> mutations = new ArrayList<>(action.getActionCount());
    for (Action each : action.getActionList()) {
      mutations.add(toMutation(each.getMutation()));
    }
    return RowMutations.of(mutations);
  }
}
