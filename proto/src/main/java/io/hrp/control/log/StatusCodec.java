package io.hrp.control.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.hrp.control.Condition;
import io.hrp.control.DaemonIdentity;
import io.hrp.control.DaemonStatus;
import io.hrp.control.OutcomeCounts;
import io.hrp.control.PartitionStatus;
import io.hrp.control.PeerStatus;
import io.hrp.control.RunState;
import io.hrp.control.TableStatus;
import io.hrp.wire.TableId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Turns status reports into record bytes and back. */
final class StatusCodec {
  private StatusCodec() {}

  static byte[] encode(DaemonStatus status) {
    DaemonIdentity identity = status.identity();
    io.hrp.proto.v1.DaemonStatus.Builder builder =
        io.hrp.proto.v1.DaemonStatus.newBuilder()
            .setVersion(ControlCodec.VERSION)
            .setDaemonId(identity.daemonId())
            .setInstance(bytes(identity.instance()))
            .setHost(identity.host())
            .setPid(identity.pid())
            .setStartedMs(identity.started().toEpochMilli())
            .setProgramVersion(identity.version())
            .setTimeMs(status.time().toEpochMilli())
            .setState(state(status.state()));
    if (status.controlOffset() >= 0) {
      builder.setControlOffset(status.controlOffset());
    }
    for (PeerStatus peer : status.peers()) {
      io.hrp.proto.v1.PeerStatus.Builder message =
          builder.addPeersBuilder().setPeer(peer.peer()).setCondition(condition(peer.condition()));
      peer.tables().forEach(table -> message.addTables(table(table)));
    }
    return builder.build().toByteArray();
  }

  private static io.hrp.proto.v1.TableStatus table(TableStatus status) {
    io.hrp.proto.v1.TableStatus.Builder builder =
        io.hrp.proto.v1.TableStatus.newBuilder()
            .setTable(status.table().qualifiedName())
            .setCondition(condition(status.condition()))
            .addAllAssigned(status.assigned())
            .setApplied(status.totals().applied())
            .setFiltered(status.totals().filtered())
            .setDiscarded(status.totals().discarded())
            .setDeadLettered(status.totals().deadLettered())
            .setAppliedPerSecond(status.appliedPerSecond())
            .setDiscardedPerSecond(status.discardedPerSecond());
    if (status.lagRecords() >= 0) {
      builder.setLagRecords(status.lagRecords());
    }
    status.oldestUnapplied().ifPresent(t -> builder.setOldestUnappliedMs(t.toEpochMilli()));
    for (PartitionStatus partition : status.troubled()) {
      io.hrp.proto.v1.PartitionStatus.Builder message =
          builder
              .addTroubledBuilder()
              .setPartition(partition.partition())
              .setCondition(condition(partition.condition()));
      if (partition.lowestUnfinishedOffset() >= 0) {
        message.setLowestUnfinishedOffset(partition.lowestUnfinishedOffset());
      }
      if (partition.lagRecords() >= 0) {
        message.setLagRecords(partition.lagRecords());
      }
    }
    return builder.build();
  }

  private static io.hrp.proto.v1.Condition condition(Condition condition) {
    io.hrp.proto.v1.Condition.Builder builder =
        io.hrp.proto.v1.Condition.newBuilder()
            .setState(state(condition.state()))
            .setReason(condition.reason())
            .setDetail(condition.detail());
    condition.since().ifPresent(since -> builder.setSinceMs(since.toEpochMilli()));
    return builder.build();
  }

  private static io.hrp.proto.v1.RunState state(RunState state) {
    return io.hrp.proto.v1.RunState.valueOf("RUN_STATE_" + state.name());
  }

  /** Empty if the bytes are no status report. */
  static Optional<DaemonStatus> decode(byte[] value) {
    try {
      return Optional.of(decode(io.hrp.proto.v1.DaemonStatus.parseFrom(value)));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static DaemonStatus decode(io.hrp.proto.v1.DaemonStatus message) {
    DaemonIdentity identity =
        DaemonIdentity.of(
            message.getDaemonId(),
            uuid(message.getInstance()),
            message.getHost(),
            message.getPid(),
            Instant.ofEpochMilli(message.getStartedMs()),
            message.getProgramVersion());
    List<PeerStatus> peers = new ArrayList<>();
    for (io.hrp.proto.v1.PeerStatus peer : message.getPeersList()) {
      List<TableStatus> tables = new ArrayList<>();
      peer.getTablesList().forEach(table -> tables.add(table(table)));
      peers.add(PeerStatus.of(peer.getPeer(), condition(peer.getCondition()), tables));
    }
    return DaemonStatus.of(
        identity,
        Instant.ofEpochMilli(message.getTimeMs()),
        state(message.getState()),
        message.hasControlOffset() ? message.getControlOffset() : -1,
        peers);
  }

  private static TableStatus table(io.hrp.proto.v1.TableStatus message) {
    List<PartitionStatus> troubled = new ArrayList<>();
    for (io.hrp.proto.v1.PartitionStatus partition : message.getTroubledList()) {
      troubled.add(
          PartitionStatus.of(
              partition.getPartition(),
              condition(partition.getCondition()),
              partition.hasLowestUnfinishedOffset() ? partition.getLowestUnfinishedOffset() : -1,
              partition.hasLagRecords() ? partition.getLagRecords() : -1));
    }
    TableStatus.Builder builder =
        TableStatus.of(TableId.parse(message.getTable()), condition(message.getCondition()))
            .assigned(message.getAssignedList())
            .lagRecords(message.hasLagRecords() ? message.getLagRecords() : -1)
            .totals(
                OutcomeCounts.of(
                    message.getApplied(),
                    message.getFiltered(),
                    message.getDiscarded(),
                    message.getDeadLettered()))
            .appliedPerSecond(message.getAppliedPerSecond())
            .discardedPerSecond(message.getDiscardedPerSecond())
            .troubled(troubled);
    if (message.hasOldestUnappliedMs()) {
      builder.oldestUnapplied(Instant.ofEpochMilli(message.getOldestUnappliedMs()));
    }
    return builder.build();
  }

  private static Condition condition(io.hrp.proto.v1.Condition message) {
    return message.hasSinceMs()
        ? Condition.of(
            state(message.getState()),
            message.getReason(),
            message.getDetail(),
            Instant.ofEpochMilli(message.getSinceMs()))
        : Condition.of(state(message.getState()));
  }

  private static RunState state(io.hrp.proto.v1.RunState state) {
    return state == io.hrp.proto.v1.RunState.UNRECOGNIZED
        ? RunState.UNKNOWN
        : RunState.valueOf(state.name().substring("RUN_STATE_".length()));
  }

  private static ByteString bytes(UUID id) {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip();
    return ByteString.copyFrom(buffer);
  }

  private static UUID uuid(ByteString bytes) {
    if (bytes.size() != 16) {
      throw new IllegalArgumentException("an instance has 16 bytes");
    }
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
